import type { MediaCommandOf, MediaReply } from '../../ports/index.js';
import { readDescription } from '../../sdp/index.js';
import { refuse, refusedDescription, refusedText } from '../refusals.js';
import type { RouterState } from '../router-state.js';
import { viewerForm } from '../viewer-form.js';
import { takeWanted } from '../wanted-sections.js';

/** Takes the answer to our last offer. The same answer once more is no error: its acknowledgement may have been lost. */
export function answer(command: MediaCommandOf<'answer'>, state: RouterState): MediaReply<'answer'> {
  const connection = state.connections.get(command.connection);
  if (connection === undefined) return refuse('unknown_connection', 'There is no such connection.');
  if (connection.type !== 'subscribe') return refuse('direction', 'Nothing was offered to this connection.');
  const { peer, cname, room } = connection;
  const last = (peer.pending ?? peer.negotiation)!.version;
  if (command.revision !== last) return refuse('revision', `The last offer is that of revision ${last}.`);
  if (peer.pending === null) return { ok: true };
  const description = readDescription(command.answer);
  if ('fault' in description) return refusedText('answer', description);
  const done = state.peers.accept(peer, description);
  if ('refused' in done) return refusedDescription(done);
  const form = viewerForm(peer, description, cname, [...room.viewers, ...room.subscribers]);
  // The plane took its numbers from the first description; so does what it is asked to write.
  connection.viewer = connection.viewer === null ? form : { ...form, form: connection.viewer.form };
  takeWanted(connection, done.changes, state);
  return { ok: true };
}
