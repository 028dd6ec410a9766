import type { LeaveReason, Role } from '@madang/protocol';
import type { Deadline, DeadlineHeap } from '../bytes/index.js';
import type { Due } from './due.js';
import type { Member } from './member.js';

/** So many are remembered; beyond them the oldest gives way. */
const MOST = 10_000;

/** How a membership ended, and what it was. */
export interface EndedMembership {
  readonly reason: LeaveReason;
  /** The room's `serial`. */
  readonly room: number;
  readonly role: Role;
}

interface Kept extends EndedMembership {
  readonly forgottenAt: Deadline<Due>;
}

/**
 * The tokens of memberships that ended on purpose, for the grace time. One whose connection was away at that moment must
 * not take the refusal of its resume for a mishap and walk back in; and a page that said goodbye because it was reloaded
 * gets its role back.
 */
export class EndedTokens {
  readonly #deadlines: DeadlineHeap<Due>;
  readonly #keepMs: number;
  readonly #byToken = new Map<string, Kept>();

  constructor(deadlines: DeadlineHeap<Due>, keepMs: number) {
    this.#deadlines = deadlines;
    this.#keepMs = keepMs;
  }

  get size(): number {
    return this.#byToken.size;
  }

  /** How the membership of `token` ended; undefined when that is not known, or no longer. */
  get(token: string): EndedMembership | undefined {
    return this.#byToken.get(token);
  }

  keep({ token, room, state }: Member, reason: LeaveReason, now: number): void {
    if (this.#byToken.size >= MOST) this.#forgetOldest();
    const forgottenAt = this.#deadlines.add({ kind: 'token-forgotten', token }, now + this.#keepMs);
    this.#byToken.set(token, { reason, room: room.serial, role: state.role, forgottenAt });
  }

  forget(token: string): void {
    this.#byToken.delete(token);
  }

  #forgetOldest(): void {
    for (const [token, { forgottenAt }] of this.#byToken) {
      this.#deadlines.remove(forgottenAt);
      this.#byToken.delete(token);
      return;
    }
  }
}
