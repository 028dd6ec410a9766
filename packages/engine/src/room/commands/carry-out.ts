import type { CommandOf, CommandType, RoomCommand } from '../../ports/index.js';
import { type Outcome, refuse } from '../outcome.js';
import { may } from '../permissions.js';
import type { Rooms } from '../rooms.js';
import { chat } from './chat.js';
import { close } from './close.js';
import { detach } from './detach.js';
import { dialectSignal } from './dialect-signal.js';
import { drain } from './drain.js';
import { hand } from './hand.js';
import { join } from './join.js';
import { kick } from './kick.js';
import { leave } from './leave.js';
import { may as mayCommand } from './may.js';
import { media } from './media.js';
import type { MemberCommand, MemberCommandType, OutsideType } from './member-command.js';
import { members } from './members.js';
import { metadata } from './metadata.js';
import { mute } from './mute.js';
import { peerSignal } from './peer-signal.js';
import { publish } from './publish.js';
import { react } from './react.js';
import { rename } from './rename.js';
import { report } from './report.js';
import { resume } from './resume.js';
import { role } from './role.js';
import { roomMetadata } from './room-metadata.js';
import { tell } from './tell.js';
import { unpublish } from './unpublish.js';

type OutsideCommand<T extends OutsideType> = (rooms: Rooms, command: CommandOf<T>, now: number) => Outcome<T>;

const OUTSIDE_COMMANDS: { readonly [T in OutsideType]: OutsideCommand<T> } = { join, resume, detach, tell, drain };

/** What each command of a member needs and does. */
export const MEMBER_COMMANDS: { readonly [T in MemberCommandType]: MemberCommand<T> } = {
  leave,
  members,
  rename,
  metadata,
  'room-metadata': roomMetadata,
  media,
  hand,
  react,
  chat,
  'peer-signal': peerSignal,
  may: mayCommand,
  publish,
  unpublish,
  report,
  'dialect-signal': dialectSignal,
  kick,
  mute,
  role,
  close,
};

/**
 * Carries one command out, at time `now`. What has come due before is done first, so that the answer does not depend on
 * how late a timer fires.
 *
 * Refuses a member's command with `not_joined` when there is no such member, with `forbidden` when its role may not.
 */
export function carryOut<T extends CommandType>(rooms: Rooms, command: CommandOf<T>, now: number): Outcome<T> {
  rooms.expire(now);
  // The compiler cannot follow that row and command have the same T.
  const any = command as RoomCommand;
  if (isFromOutside(any)) return OUTSIDE_COMMANDS[any.type](rooms, any as never, now) as Outcome<T>;
  return carryOutForMember(rooms, any, now) as Outcome<T>;
}

function isFromOutside(command: RoomCommand): command is CommandOf<OutsideType> {
  return Object.hasOwn(OUTSIDE_COMMANDS, command.type);
}

function carryOutForMember(rooms: Rooms, command: CommandOf<MemberCommandType>, now: number): Outcome {
  const member = rooms.member(command.member);
  if (member === undefined) return refuse('not_joined');
  const row = MEMBER_COMMANDS[command.type];
  const n = row.once ? command.n : undefined;
  if (n !== undefined && member.repeats.has(n)) return { ok: true, repeated: true } as Outcome;
  if (row.needs !== null && !may(member.state.role, row.needs)) return refuse('forbidden', row.needs);
  const outcome = row.carryOut({ rooms, room: member.room, member, now }, command as never);
  if (n !== undefined && outcome.ok) member.repeats.add(n);
  return outcome;
}
