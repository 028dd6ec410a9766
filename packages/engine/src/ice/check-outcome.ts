/** What a STUN row has done. All but the first four leave everything as it was. */
export type CheckOutcome =
  /** Answered: the other side is still where it was. */
  | 'answered'
  /** The first signed check: from here on there is an address to send to. */
  | 'found'
  /** The other side has chosen its address. */
  | 'nominated'
  /** It has another address now, and has answered from there. */
  | 'moved'
  /** Both sides want to be controlled: told so (487). */
  | 'role_conflict'
  /** An attribute that must be understood is not: told so (420). */
  | 'unknown_attribute'
  /** A check or an answer that is not for anybody here; TURN may know it. */
  | 'unknown_user'
  | 'malformed'
  /** The integrity is missing or wrong. No answer, so that nothing can be had by guessing. */
  | 'forged'
  /** Signed, but from an address where another connection is: not answered. */
  | 'taken'
  /** An answer to no check of ours. */
  | 'stray'
  /** The tx table is too small for an answer; the other side will ask again. */
  | 'full';
