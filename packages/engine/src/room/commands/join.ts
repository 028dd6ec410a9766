import type { ErrorCode, Mode, Role } from '@madang/protocol';
import type { CommandOf } from '../../ports/index.js';
import { needsDirect } from '../media-path.js';
import type { Member } from '../member.js';
import { type Outcome, type Refusal, refuse } from '../outcome.js';
import type { Room } from '../room.js';
import type { Rooms } from '../rooms.js';

/**
 * Makes a member of the one behind a link. The first in a room opens it, sets its mode and is its host. A membership that
 * is replaced in the same room leaves seat and role to the new one.
 */
export function join(rooms: Rooms, command: CommandOf<'join'>, now: number): Outcome<'join'> {
  const replaced = command.replaces === undefined ? undefined : rooms.memberOf(command.replaces);
  const refusal = refusalOf(rooms, command, replaced);
  if (refusal !== null) return refusal;
  const room = rooms.room(command.room) ?? rooms.open(command, modeOf(rooms, command));
  const role = roleOf(rooms, command, room);
  if (replaced !== undefined) rooms.replace(replaced, room, now);
  const member = rooms.seat(room, command, role, now);
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

/** What somebody is told whose adapter can't take part in a room of this mode. */
const MODE_REFUSALS: Readonly<Record<Mode, ErrorCode>> = {
  p2p: 'room_peer_to_peer',
  sfu: 'room_through_server',
  auto: 'room_through_server',
};
const P2P_ONLY: readonly Mode[] = ['p2p'];

/** Of a new room: as its first member asks, or else the server's own, if the member's adapter can take part in that. */
function modeOf({ limits }: Rooms, { mode, able = P2P_ONLY }: CommandOf<'join'>): Mode {
  if (mode !== undefined) return mode;
  const usual = limits.mode ?? 'p2p';
  return able.includes(usual) && (limits.modes ?? P2P_ONLY).includes(usual) ? usual : 'p2p';
}

/** A page that is reloaded may have left just before: it gets its role back, though meanwhile another became host. */
function roleOf(rooms: Rooms, { role, replaces }: CommandOf<'join'>, room: Room): Role {
  if (room.members.size === 0) return 'host';
  const replaced = replaces === undefined ? undefined : rooms.memberOf(replaces);
  if (replaced?.room === room) return replaced.state.role;
  const ended = replaces === undefined ? undefined : rooms.endOf(replaces);
  if (ended?.room === room.serial && ended.reason === 'left') return ended.role;
  return role ?? 'participant';
}

function refusalOf(rooms: Rooms, command: CommandOf<'join'>, replaced: Member | undefined): Refusal | null {
  if (rooms.memberOn(command.link) !== undefined) return refuse('already_joined');
  if (rooms.draining) return refuse('shutting_down');
  const room = rooms.room(command.room);
  const able = command.able ?? P2P_ONLY;
  if (room !== undefined) {
    const unfit = modeRefusal(room, command);
    if (unfit !== null) return unfit;
    const misfit = encryptionRefusal(room, command.encrypted);
    if (misfit !== null) return misfit;
    const most = room.mostWith(needsDirect(command));
    const hasSeat = room.members.size < most || replaced?.room === room;
    return hasSeat ? null : refuse('room_full', `maxMembers ${most}`);
  }
  const mode = modeOf(rooms, command);
  if (!able.includes(mode) || !(rooms.limits.modes ?? P2P_ONLY).includes(mode)) return refuse('mode_unavailable', mode);
  return rooms.hasAllRooms ? refuse('too_many_rooms', `maxRooms ${rooms.limits.maxRooms}`) : null;
}

/** A room of mode `auto` takes in who can do without the server alone, as long as it does so itself; then it stays so. */
function modeRefusal(room: Room, { able = P2P_ONLY }: CommandOf<'join'>): Refusal | null {
  const { mode, media } = room.state;
  if (mode === 'auto' && media === 'p2p' && able.includes('p2p')) return null;
  if (mode === 'auto' && room.needsDirect) return refuse(MODE_REFUSALS.p2p, mode);
  return able.includes(mode) ? null : refuse(MODE_REFUSALS[mode], mode);
}

/**
 * Who would bring clear media into an encrypted room, or trusts in an encryption that the others lack, stays outside. It
 * is a courtesy: that nothing clear is sent, each client makes sure of by itself.
 */
function encryptionRefusal(room: Room, encrypted: CommandOf<'join'>['encrypted']): Refusal | null {
  if (encrypted === 'either') return null;
  const isEncrypted = room.state.encrypted === true;
  if (isEncrypted === (encrypted ?? false)) return null;
  return refuse(isEncrypted ? 'room_encrypted' : 'room_not_encrypted');
}
