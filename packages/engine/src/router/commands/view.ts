import type { Peer } from '../../peer/index.js';
import type { MediaCommandOf, MediaReply } from '../../ports/index.js';
import { type Capabilities, CODECS, type SessionDescription, writeDescription } from '../../sdp/index.js';
import { receivingSections } from '../offered-sections.js';
import { placesFor } from '../places.js';
import { type RefusedCommand, refuse, refusedDescription } from '../refusals.js';
import { type Moment, type RouterState, readOffer } from '../router-state.js';
import { takeSections } from '../taken-sections.js';
import type { ViewConnection } from '../view-connection.js';
import { viewerForm } from '../viewer-form.js';

/** What a viewer may do, in every description: which codecs it is sent depends on who publishes, so it may take all. */
export const VIEWING: Capabilities = {
  take: 'all',
  codecs: CODECS,
  receives: false,
  dataChannels: false,
  maxBitrateBps: null,
};

/** Opens a connection that sees a room. */
export function view(command: MediaCommandOf<'view'>, state: RouterState, { now }: Moment): MediaReply<'view'> {
  const noEntry = state.noEntry(command.connection, command.room);
  if (noEntry !== null) return noEntry;
  const offer = readOffer(command.offer);
  if ('ok' in offer) return offer;
  const unfit = unfitToView(offer, state);
  if (unfit !== null) return unfit;
  const cname = state.random.id();
  const tracks = placesFor(offer, null, cname, state.random);
  const done = state.peers.answer(null, { offer, capabilities: VIEWING, tracks }, now);
  if ('refused' in done) return refusedDescription(done);
  const connection = open(command, state, done.peer, offer, { cname, now });
  takeSections(connection, done.changes, state);
  return { ok: true, answer: writeDescription(done.answer) };
}

/** Why an offer can't be a viewer's; null when it can. */
export function unfitToView(offer: SessionDescription, { limits }: RouterState): RefusedCommand | null {
  const { length } = receivingSections(offer);
  if (length === 0) return refuse('direction', 'The offer has no section of audio or video that receives.');
  if (length <= limits.sectionsPerViewer) return null;
  return refuse('unacceptable', `A viewer may have at most ${limits.sectionsPerViewer} sections that receive.`);
}

function open(
  { connection: id, member, room: name, wish }: MediaCommandOf<'view'>,
  state: RouterState,
  peer: Peer,
  offer: SessionDescription,
  { cname, now }: { readonly cname: string; readonly now: number },
): ViewConnection {
  const room = state.room(name);
  const viewer = viewerForm(peer, offer, cname, room.viewers);
  const connection: ViewConnection = { type: 'view', id, member, room, peer, viewer, wish, sections: new Map() };
  state.enter(connection, now);
  return connection;
}
