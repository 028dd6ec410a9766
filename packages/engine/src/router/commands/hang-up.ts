import type { MediaCommandOf, MediaReply } from '../../ports/index.js';
import type { Moment, RouterState } from '../router-state.js';

/** Takes leave of a connection, if it is there. */
export function hangUp(
  { connection: id }: MediaCommandOf<'hang-up'>,
  state: RouterState,
  { now, tx }: Moment,
): MediaReply<'hang-up'> {
  const connection = state.connections.get(id);
  if (connection === undefined) return { ok: true };
  state.peers.close(connection.peer, tx);
  state.leave(connection, now);
  return { ok: true };
}
