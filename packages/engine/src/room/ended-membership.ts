import type { LeaveReason, Role } from '@madang/protocol';

/**
 * How a membership ended on purpose, and what it was: remembered by its token for the grace time. One whose connection
 * was away at that moment must not take the refusal of its resume for a mishap and walk back in; and a page that said
 * goodbye because it was reloaded gets its role back.
 */
export interface EndedMembership {
  readonly reason: LeaveReason;
  /** The room's `serial`. */
  readonly room: number;
  readonly role: Role;
}

/** So many are remembered. */
export const ENDED_REMEMBERED = 10_000;
