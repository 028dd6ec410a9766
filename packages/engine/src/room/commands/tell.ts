import type { CommandOf } from '../../ports/index.js';
import { DONE, type Outcome } from '../outcome.js';
import type { Rooms } from '../rooms.js';

/** Passes news of the media server on: to one member, or to everyone in a room. Who is gone hears nothing. */
export function tell(rooms: Rooms, { to, news }: CommandOf<'tell'>, now: number): Outcome<'tell'> {
  if ('member' in to) {
    const member = rooms.member(to.member);
    if (member !== undefined) rooms.post.send(member, news, now);
  } else {
    const room = rooms.room(to.room);
    if (room !== undefined) rooms.post.broadcast(room, news, now);
  }
  return DONE;
}
