import type { Peer } from '../../peer/index.js';
import type { DataRight, MediaCommandOf, MediaReply } from '../../ports/index.js';
import { type Capabilities, CODECS, type SessionDescription, writeDescription } from '../../sdp/index.js';
import { DataLanes } from '../data-lanes.js';
import { hasData, sendingSections } from '../offered-sections.js';
import type { PublishConnection } from '../publish-connection.js';
import { describeTracks, takeTracks } from '../published-tracks.js';
import { type RefusedCommand, refuse, refusedDescription } from '../refusals.js';
import { type Moment, type RouterState, readOffer } from '../router-state.js';

/** Opens a connection that gives tracks into a room. */
export function publish(
  command: MediaCommandOf<'publish'>,
  state: RouterState,
  { now }: Moment,
): MediaReply<'publish'> {
  const noEntry = state.noEntry(command.connection, command.room);
  if (noEntry !== null) return noEntry;
  const offer = readOffer(command.offer);
  if ('ok' in offer) return offer;
  const unfit = unfitToPublish(offer, state, command.data);
  if (unfit !== null) return unfit;
  const mostBps = command.maxBps ?? Number.POSITIVE_INFINITY;
  const done = state.peers.answer(
    null,
    { offer, capabilities: publishing(mostBps, command.data !== undefined), tracks: [] },
    now,
  );
  if ('refused' in done) return refusedDescription(done);
  const connection = open(command, state, done.peer, mostBps, now);
  takeTracks(connection, done.changes, state, now, command.names);
  return { ok: true, answer: writeDescription(done.answer), tracks: describeTracks(connection) };
}

/** What a publisher may do, in every description. */
export function publishing(mostBps: number, dataChannels: boolean): Capabilities {
  const maxBitrateBps = mostBps === Number.POSITIVE_INFINITY ? null : mostBps;
  return { take: 'one', codecs: CODECS, receives: true, dataChannels, maxBitrateBps };
}

/** Why an offer can't be a publisher's; null when it can. */
export function unfitToPublish(
  offer: SessionDescription,
  { limits }: RouterState,
  data: DataRight | undefined,
): RefusedCommand | null {
  const { length } = sendingSections(offer);
  if (length > 0 && data === 'hear') return refuse('direction', 'Who may only hear gives no tracks.');
  if (length === 0 && !(data !== undefined && hasData(offer)))
    return refuse('direction', 'The offer has no section of audio or video that sends.');
  if (length <= limits.tracksPerPublisher) return null;
  return refuse('unacceptable', `A publisher may send at most ${limits.tracksPerPublisher} tracks.`);
}

function open(
  { connection: id, member, room: name, data }: MediaCommandOf<'publish'>,
  state: RouterState,
  peer: Peer,
  mostBps: number,
  now: number,
): PublishConnection {
  const room = state.room(name);
  const meter = room.caps.add(id, mostBps);
  const connection: PublishConnection = {
    type: 'publish',
    id,
    member,
    room,
    openedMs: now,
    isHeard: false,
    lastHeardMs: now,
    peer,
    mostBps,
    meter,
    tracks: new Map(),
    data,
    lanes: new DataLanes(data === 'say'),
    isCutOff: false,
  };
  peer.mostBps = mostBps === Number.POSITIVE_INFINITY ? null : mostBps;
  state.enter(connection, now);
  return connection;
}
