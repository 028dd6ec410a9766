import { expect, test } from 'vitest';
import { latin1Bytes } from '../../src/bytes/index.js';
import { channelData, dataText, TurnClient } from './turn-client.js';
import { TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const PEER = '192.0.2.7:7000';

test('a batch longer than the transmit table goes through in parts, nothing is lost or mixed up', () => {
  const stage = new TurnStage({}, 1, 3);
  const client = new TurnClient(stage, CLIENT);
  const [relayed] = client.allocate() as [string];
  client.permit('192.0.2.8:1');
  client.bind(0x4000, PEER);
  const rows = [
    stage.rx(CLIENT, 0, channelData(0x4000, 'out')),
    stage.rx(PEER, stage.portIx(relayed), latin1Bytes('in')),
    stage.rx('192.0.2.8:9', stage.portIx(relayed), latin1Bytes('indication')),
  ];
  for (const rx of rows) {
    stage.act((tx) => {
      for (let count = 0; count < 10; count++) stage.server.packet(rx, 0, stage.now, tx);
    }, rx);
  }
  const sent = stage
    .take()
    .map(({ to, bytes }) => (to === CLIENT ? dataText(bytes) : `${to}: ${String.fromCharCode(...bytes)}`));
  expect(sent).toEqual(
    [`${PEER}: out`, 'channel 4000: in', '192.0.2.8:9: indication'].flatMap((text) => new Array(10).fill(text)),
  );
});
