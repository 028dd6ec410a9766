import type { MediaCommandOf, MediaReply, TrackId, TrackWant } from '../../ports/index.js';
import { type NegotiatedSection, type SentTrack, writeDescription } from '../../sdp/index.js';
import { describeWanted, wantedIn } from '../described-tracks.js';
import { type RefusedCommand, refuse } from '../refusals.js';
import type { Moment, RouterState } from '../router-state.js';
import type { SubscribeConnection } from '../subscribe-connection.js';
import { showWanted } from '../wanted-sections.js';

/** What a description of sections takes at most, of either side. */
const MOST_SECTIONS = 240;
const RESERVED = ['audio', 'video'] as const;

type Subscribe = MediaCommandOf<'subscribe'>;

/** Says all that a connection is sent from now on, opens it where there is none, and offers what is to be negotiated. */
export function subscribe(command: Subscribe, state: RouterState, { now }: Moment): MediaReply<'subscribe'> {
  const known = state.connections.get(command.connection);
  if (known !== undefined && known.type !== 'subscribe')
    return refuse('direction', 'This connection is another side’s to offer by.');
  const wants = new Map(command.wants.map((want) => [want.track, want]));
  const refused = known === undefined ? state.noEntry(command.connection, command.room) : null;
  const unfit = refused ?? tooMuch(wants, known, command.room, state);
  if (unfit !== null) return unfit;
  return known === undefined ? open(command, wants, state, now) : change(known, command, wants, state, now);
}

function tooMuch(
  wants: ReadonlyMap<TrackId, TrackWant>,
  known: SubscribeConnection | undefined,
  roomName: string,
  state: RouterState,
): RefusedCommand | null {
  const most = state.limits.tracksPerSubscriber;
  if (wants.size > most) return refuse('unacceptable', `A subscriber may want at most ${most} tracks.`);
  const room = state.rooms.get(roomName);
  const kinds = [...wants.keys()].map((id) => (room === undefined ? null : (state.trackIn(room, id)?.kind ?? null)));
  const sections = known === undefined ? [] : sectionsOf(known);
  const needed = RESERVED.map((kind) =>
    Math.max(sections.filter((section) => 'kind' in section && section.kind === kind).length, count(kinds, kind), 1),
  );
  if (needed[0]! + needed[1]! <= MOST_SECTIONS) return null;
  return refuse('unacceptable', 'The description has no more room for other tracks: begin another connection.');
}

function count(kinds: readonly (string | null)[], kind: string): number {
  return kinds.filter((each) => each === kind).length;
}

function open(
  command: Subscribe,
  wants: ReadonlyMap<TrackId, TrackWant>,
  state: RouterState,
  now: number,
): MediaReply<'subscribe'> {
  const { connection: id, member } = command;
  const room = state.room(command.room);
  const cname = state.random.id();
  const wanting = {
    room,
    cname,
    wants,
    described: new Map<TrackId, SentTrack>(),
    describedAs: new Map<string, TrackId>(),
  };
  describeWanted(wanting, state);
  const tracks = [...wanting.described.values()];
  const { peer, offer } = state.peers.offer(
    null,
    { tracks, dataChannels: false, reserved: RESERVED, restartIce: false },
    now,
  );
  const connection: SubscribeConnection = {
    type: 'subscribe',
    id,
    member,
    peer,
    ...wanting,
    sections: new Map(),
    told: new Map(),
    toldLine: null,
    viewer: null,
  };
  state.enter(connection, now);
  return replyOf(connection, writeDescription(offer));
}

function change(
  connection: SubscribeConnection,
  { restart = false }: Subscribe,
  wants: ReadonlyMap<TrackId, TrackWant>,
  state: RouterState,
  now: number,
): MediaReply<'subscribe'> {
  connection.wants = wants;
  for (const id of connection.told.keys()) if (!wants.has(id)) connection.told.delete(id);
  describeWanted(connection, state);
  showWanted(connection, state);
  if (!restart && !needsOffer(connection)) return replyOf(connection, null);
  const tracks = [...connection.described.values()];
  const wanted = { tracks, dataChannels: false, reserved: RESERVED, restartIce: restart };
  const { offer } = state.peers.offer(connection.peer, wanted, now);
  return replyOf(connection, writeDescription(offer));
}

/** As long as an offer waits for its answer, or sections are for other tracks than those that are wanted. */
function needsOffer({ peer, described }: SubscribeConnection): boolean {
  if (peer.pending !== null || peer.negotiation === null) return true;
  const sent = peer.negotiation.sections.flatMap((section) =>
    section.type === 'media' && section.sent !== null ? [section.sent.trackId] : [],
  );
  const wanted = new Set([...described.values()].map(({ trackId }) => trackId));
  return sent.length !== wanted.size || sent.some((trackId) => !wanted.has(trackId));
}

function sectionsOf({ peer }: SubscribeConnection): readonly NegotiatedSection[] {
  return (peer.pending ?? peer.negotiation)?.sections ?? [];
}

function replyOf(connection: SubscribeConnection, offer: string | null): MediaReply<'subscribe'> {
  const { peer } = connection;
  const sections = sectionsOf(connection).flatMap((section) => {
    const track = section.type === 'media' ? wantedIn(connection, section.sent) : null;
    return track === null || section.mid === null ? [] : [{ mid: section.mid, track }];
  });
  return { ok: true, revision: (peer.pending ?? peer.negotiation)?.version ?? 0, offer, sections };
}
