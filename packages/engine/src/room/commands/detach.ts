import type { CommandOf } from '../../ports/index.js';
import { DONE, type Outcome } from '../outcome.js';
import type { Rooms } from '../rooms.js';

/** A connection is gone. One that carried nobody, or was replaced, is nobody's loss. */
export function detach(rooms: Rooms, command: CommandOf<'detach'>, now: number): Outcome<'detach'> {
  rooms.detach(command.link, now);
  return DONE;
}
