import type { Room as RoomState } from '@madang/protocol';
import type { Deadline } from '../bytes/index.js';
import type { MemberId } from '../ports/index.js';
import type { ChatHistory } from './chat-history.js';
import type { Due } from './due.js';
import { P2P_MEMBERS } from './limits.js';
import type { Member } from './member.js';

/** One room from its first member to its last. Only `Rooms` and `Post` change it. */
export class Room {
  /** In the order of joining. */
  readonly members = new Map<MemberId, Member>();
  readonly chat: ChatHistory;
  /** Different for every room of an engine, also for two that had the same name one after the other. */
  readonly serial: number;
  /** When it leaves the server, where nobody needs that any more; null otherwise. */
  aloneUntil: Deadline<Due> | null = null;
  /** What the members see; replaced by a new value at each change. */
  state: RoomState;

  constructor(serial: number, state: RoomState, chat: ChatHistory) {
    this.serial = serial;
    this.state = state;
    this.chat = chat;
  }

  get name(): string {
    return this.state.name;
  }

  /** Whether somebody is in it who does. */
  get needsDirect(): boolean {
    return [...this.members.values()].some(({ needsDirect }) => needsDirect);
  }

  /** How many members it holds with one who joins and needs direct connections, or does not. */
  mostWith(needsDirect: boolean): number {
    const { maxMembers } = this.state;
    return needsDirect || this.needsDirect ? Math.min(P2P_MEMBERS, maxMembers) : maxMembers;
  }

  /** Everyone as the others see them, longest present first. */
  roster(): Member['state'][] {
    return Array.from(this.members.values(), (member) => member.state);
  }
}
