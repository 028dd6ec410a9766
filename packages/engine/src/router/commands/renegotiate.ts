import type { MediaCommandOf, MediaReply } from '../../ports/index.js';
import { type SessionDescription, writeDescription } from '../../sdp/index.js';
import { sendingSections } from '../offered-sections.js';
import { placesFor } from '../places.js';
import type { PublishConnection } from '../publish-connection.js';
import { describeTracks, takeTracks } from '../published-tracks.js';
import { refuse, refusedDescription } from '../refusals.js';
import { type Moment, type RouterState, readOffer } from '../router-state.js';
import { takeSections } from '../taken-sections.js';
import type { ViewConnection } from '../view-connection.js';
import { viewerForm } from '../viewer-form.js';
import { publishing, unfitToPublish } from './publish.js';
import { unfitToView, VIEWING } from './view.js';

/** Takes a later offer of a connection: other sections, or an ICE restart. */
export function renegotiate(
  command: MediaCommandOf<'renegotiate'>,
  state: RouterState,
  { now }: Moment,
): MediaReply<'renegotiate'> {
  const connection = state.connections.get(command.connection);
  if (connection === undefined) return refuse('unknown_connection', 'There is no such connection.');
  if (connection.type === 'subscribe') return refuse('direction', 'What this connection is sent is ours to offer.');
  const offer = readOffer(command.offer);
  if ('ok' in offer) return offer;
  return connection.type === 'publish'
    ? publishOtherwise(connection, offer, state, now)
    : viewOtherwise(connection, offer, state, now);
}

function publishOtherwise(
  connection: PublishConnection,
  offer: SessionDescription,
  state: RouterState,
  now: number,
): MediaReply<'renegotiate'> {
  const unfit = unfitToPublish(offer, state, connection.data);
  // Who has been let in may give, or close, all that was given.
  const givesNothing = unfit?.code === 'direction' && sendingSections(offer).length === 0;
  if (unfit !== null && !givesNothing) return unfit;
  const wanted = { offer, capabilities: publishing(connection.mostBps, connection.data !== undefined), tracks: [] };
  const done = state.peers.answer(connection.peer, wanted, now);
  if ('refused' in done) return refusedDescription(done);
  takeTracks(connection, done.changes, state, now);
  return { ok: true, answer: writeDescription(done.answer), tracks: describeTracks(connection) };
}

function viewOtherwise(
  connection: ViewConnection,
  offer: SessionDescription,
  state: RouterState,
  now: number,
): MediaReply<'renegotiate'> {
  const unfit = unfitToView(offer, state);
  if (unfit !== null && unfit.code !== 'direction') return unfit;
  const { peer, room, viewer } = connection;
  const tracks = placesFor(offer, peer, viewer.cname, state.random);
  const done = state.peers.answer(peer, { offer, capabilities: VIEWING, tracks }, now);
  if ('refused' in done) return refusedDescription(done);
  // The plane took its numbers from the first description; so does what it is asked to write.
  connection.viewer = { ...viewerForm(peer, offer, viewer.cname, room.viewers), form: viewer.form };
  takeSections(connection, done.changes, state);
  return { ok: true, answer: writeDescription(done.answer), tracks: [] };
}
