import type { CommandOf, CommandType } from '../../ports/index.js';
import type { Member } from '../member.js';
import type { Outcome } from '../outcome.js';
import type { Action } from '../permissions.js';
import type { Room } from '../room.js';
import type { Rooms } from '../rooms.js';

/** The commands that come from no member. */
export type OutsideType = 'join' | 'resume' | 'detach' | 'tell' | 'drain';
/** The commands that a member gives. */
export type MemberCommandType = Exclude<CommandType, OutsideType>;

/** Who gives a member's command, where and when. */
export interface Call {
  readonly rooms: Rooms;
  readonly room: Room;
  readonly member: Member;
  readonly now: number;
}

/** One row of the table of commands. */
export interface MemberCommand<T extends MemberCommandType> {
  /** What the member has to be allowed to do; null where that depends on the values, and `carryOut` looks. */
  readonly needs: Action | null;
  /** Whether it is carried out only once per request number. False for a question, which is simply answered again. */
  readonly once: boolean;
  /** Refuses before it changes anything, or changes everything. */
  carryOut(call: Call, command: CommandOf<T>): Outcome<T>;
}
