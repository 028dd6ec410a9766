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

  /** Whether somebody is in it who can do without the server alone. */
  get isTied(): boolean {
    return [...this.members.values()].some(({ needsDirect }) => needsDirect);
  }

  /** `direct`: for one who ties it. */
  isFullFor(direct: boolean): boolean {
    return (
      this.members.size >=
      (direct || this.isTied ? Math.min(P2P_MEMBERS, this.state.maxMembers) : this.state.maxMembers)
    );
  }

  /** Everyone as the others see them, longest present first. */
  roster(): Member['state'][] {
    return Array.from(this.members.values(), (member) => member.state);
  }
}
