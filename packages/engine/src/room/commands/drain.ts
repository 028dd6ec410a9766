import type { CommandOf } from '../../ports/index.js';
import { DONE, type Outcome } from '../outcome.js';
import type { Rooms } from '../rooms.js';

/** The server stops: nobody new comes in, and everyone is told. */
export function drain(rooms: Rooms, command: CommandOf<'drain'>, now: number): Outcome<'drain'> {
  rooms.draining = true;
  for (const room of rooms.all()) rooms.post.broadcast(room, { type: 'draining', withinMs: command.withinMs }, now);
  return DONE;
}
