import type { MediaCommandOf, MediaTrack, TrackId } from '../ports/index.js';
import type { Change, MediaAgreement } from '../sdp/index.js';
import type { PublishConnection } from './publish-connection.js';
import { RoomTrack } from './room-track.js';
import type { RouterState } from './router-state.js';

type Names = NonNullable<MediaCommandOf<'publish'>['names']>;

/** Gives into the room what a description says that comes in from now on, and takes out what does not any more. */
export function takeTracks(
  connection: PublishConnection,
  changes: readonly Change[],
  state: RouterState,
  now: number,
  names: Names = [],
): void {
  for (const change of changes) {
    if (change.type === 'stop-receiving') {
      const track = connection.tracks.get(change.mid);
      if (track !== undefined) state.removeTrack(track, now);
    } else if (change.type === 'receive') receive(connection, change.section, state, now, names);
  }
  state.assign(connection.room);
}

/** In the order of the description. */
export function describeTracks({ tracks }: PublishConnection): MediaTrack[] {
  return [...tracks.values()].map((track) => track.describe());
}

function receive(
  connection: PublishConnection,
  { mid }: MediaAgreement,
  state: RouterState,
  now: number,
  names: Names,
): void {
  const known = connection.tracks.get(mid);
  if (known !== undefined) {
    known.update(state, now);
    return;
  }
  const inbound = connection.peer.inbound.sorter.track(mid);
  if (inbound === null) return;
  const track = new RoomTrack(nameOf(mid, names, state), connection, inbound, state, now);
  state.addTrack(track);
}

function nameOf(mid: string, names: Names, { byTrackId, random }: RouterState): TrackId {
  const before = names.find((name) => name.mid === mid)?.track;
  return before === undefined || byTrackId.has(before) ? random.id() : before;
}
