import type { MediaCommandOf, MediaReply, ViewWish } from '../../ports/index.js';
import { refuse } from '../refusals.js';
import type { RouterState } from '../router-state.js';
import { applyWish } from '../taken-sections.js';

/** What a viewer sees from now on: what is absent stays, null takes back. */
export function wish(command: MediaCommandOf<'wish'>, state: RouterState): MediaReply<'wish'> {
  const connection = state.connections.get(command.connection);
  if (connection === undefined) return refuse('unknown_connection', 'There is no such connection.');
  if (connection.type !== 'view') return refuse('direction', 'Only a viewer by its own offer wishes.');
  applyWish(connection, merged(connection.wish, command.wish));
  return { ok: true };
}

function merged(before: ViewWish, changes: MediaCommandOf<'wish'>['wish']): ViewWish {
  const entries = Object.entries({ ...before, ...dropUndefined(changes) });
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined));
}

function dropUndefined(changes: object): object {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
