import { DataStage, patterned, RELIABLE } from '../../packages/engine/test/sctp/data-stage.js';

/** What two ends have sent each other: every chunk there is, most of them more than once. */
export function packetSeeds(): Uint8Array[] {
  const stage = new DataStage(7, { loss: 0.1, jitterMs: 10 });
  for (const end of [stage.client, stage.server]) end.keepsSent = true;
  stage.connect();
  const channel = stage.open();
  const hasty = stage.open({ ...RELIABLE, label: 'hasty', isOrdered: false, maxRetransmits: 0 });
  for (let ix = 0; ix < 20; ix++) {
    stage.client.send(channel, patterned(1 + 97 * ix, ix), ix % 2 === 0);
    stage.client.send(hasty, patterned(1 + 311 * ix, ix));
    stage.run(20);
  }
  stage.run(70_000);
  stage.client.data.close(hasty);
  stage.client.settle();
  stage.run(5_000);
  stage.server.data.association.shutdown(stage.time.nowMs());
  stage.server.settle();
  stage.run(5_000);
  const other = new DataStage(8).connect();
  other.client.keepsSent = true;
  other.open();
  other.client.data.association.abort(other.time.nowMs(), 'violation');
  other.client.settle();
  return [...stage.client.sent, ...stage.server.sent, ...other.client.sent];
}

/** By chunk type, so that each is as likely: a few of each first chunk. */
export function variedSeeds(most = 8): Uint8Array[] {
  const byType = new Map<number, Uint8Array[]>();
  for (const packet of packetSeeds()) {
    const list = byType.get(packet[12]!) ?? [];
    byType.set(packet[12]!, list);
    if (list.length < most) list.push(packet);
  }
  return [...byType.values()].flat();
}
