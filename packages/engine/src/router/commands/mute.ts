import type { MediaCommandOf, MediaReply } from '../../ports/index.js';
import { refuse } from '../refusals.js';
import type { Moment, RouterState } from '../router-state.js';

/** Forwards nothing of these tracks of a publisher, and all of its others. */
export function mute(command: MediaCommandOf<'mute'>, state: RouterState, { now }: Moment): MediaReply<'mute'> {
  const connection = state.connections.get(command.connection);
  if (connection === undefined) return { ok: true };
  if (connection.type !== 'publish') return refuse('direction', 'This connection gives nothing that could be muted.');
  for (const track of connection.tracks.values()) track.setMuted(command.tracks.includes(track.id), state, now);
  return { ok: true };
}
