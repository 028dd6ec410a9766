import type { CommandOf } from '../../ports/index.js';
import { type Outcome, type Refusal, refuse } from '../outcome.js';
import type { Rooms } from '../rooms.js';

/** Makes a member of the one behind a link. The first in a room opens it, sets its mode and is its host. */
export function join(rooms: Rooms, command: CommandOf<'join'>, now: number): Outcome<'join'> {
  const refusal = refusalOf(rooms, command);
  if (refusal !== null) return refusal;
  const room = rooms.room(command.room) ?? rooms.open(command.room, command.wallMs);
  const member = rooms.seat(room, command, now);
  return {
    ok: true,
    self: member.id,
    room: room.state,
    members: room.roster(),
    chat: room.chat.messages(),
    resume: { token: member.token, graceMs: rooms.limits.graceMs },
    seq: member.outbox.seq,
  };
}

function refusalOf(rooms: Rooms, command: CommandOf<'join'>): Refusal | null {
  if (rooms.memberOn(command.link) !== undefined) return refuse('already_joined');
  if (rooms.draining) return refuse('shutting_down');
  const room = rooms.room(command.room);
  if (room !== undefined) return room.isFull ? refuse('room_full', `maxMembers ${room.state.maxMembers}`) : null;
  if (command.mode !== undefined && command.mode !== 'p2p') return refuse('mode_unavailable', command.mode);
  return rooms.hasAllRooms ? refuse('too_many_rooms', `maxRooms ${rooms.limits.maxRooms}`) : null;
}
