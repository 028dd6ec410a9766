import type { InboundTrack } from '../peer/index.js';
import type { MediaTrack } from '../ports/index.js';
import type { Change, MediaAgreement } from '../sdp/index.js';
import { PublishedTrack } from '../sfu/index.js';
import type { PublishConnection } from './publish-connection.js';
import { RoomTrack } from './room-track.js';
import type { RouterState } from './router-state.js';

/** Gives into the room what a description says that comes in from now on, and takes out what does not any more. */
export function takeTracks(
  connection: PublishConnection,
  changes: readonly Change[],
  state: RouterState,
  now: number,
): void {
  for (const change of changes) {
    if (change.type === 'stop-receiving') {
      const track = connection.tracks.get(change.mid);
      if (track !== undefined) state.removeTrack(track, now);
    } else if (change.type === 'receive') receive(connection, change.section, state, now);
  }
  connection.room.assign();
}

/** In the order of the description. */
export function describeTracks({ tracks }: PublishConnection): MediaTrack[] {
  return [...tracks.values()].map((track) => track.describe());
}

function receive(connection: PublishConnection, { mid }: MediaAgreement, state: RouterState, now: number): void {
  const inbound = connection.peer.inbound.sorter.track(mid);
  if (inbound === null) return;
  const known = connection.tracks.get(mid);
  // Payloads of another codec are read by another reader.
  if (known !== undefined && known.codec === mainCodec(inbound)) return;
  if (known !== undefined) state.removeTrack(known, now);
  add(connection, inbound, state, now, known?.id ?? state.random.id());
}

function add(connection: PublishConnection, inbound: InboundTrack, state: RouterState, now: number, id: string): void {
  const { room, peer, meter } = connection;
  const published = new PublishedTrack(state.sfu, state.peers, peer, inbound);
  const track = new RoomTrack({ id, connection, room, inbound, published, meter, codec: mainCodec(inbound) });
  connection.tracks.set(inbound.mid, track);
  state.tracks.set(inbound, track);
  if (connection.isCutOff) published.publication.setOpen(false);
  else if (track.kind === 'audio') published.rank(room.floor, now);
}

/** By name and payload type: what packets are read by. */
function mainCodec({ codecs }: InboundTrack): string {
  return [...codecs.values()].map(({ name, payloadType }) => `${name}/${payloadType}`).join(' ');
}
