import { add16, distance16 } from './serial16.js';

/** A step forward this large is a new start rather than a loss (RFC 3550 A.1, MAX_DROPOUT). */
const MAX_DROPOUT = 3000;
/** A packet late by less than this many is merely out of order (RFC 3550 A.1, MAX_MISORDER). */
const MAX_MISORDER = 100;

/**
 * Continues 16-bit sequence numbers past their wrap, as RFC 3550 A.1 does: the count of wraps stands above the low 16
 * bits, so that numbers compare with `<`. Without the probation of that section: whether a source is to be believed is
 * for the caller to say.
 */
export class ExtendedSequence {
  #highest = -1;
  /** What has to follow for a jump to count as a restart of the sender: two in a row. -1 when no jump is pending. */
  #expectedAfterJump = -1;

  /** The highest extended number seen; -1 before the first packet. */
  get highest(): number {
    return this.#highest;
  }

  /**
   * The extended number of `seq16`. Null for the first packet after a large jump: it is ignored unless its successor
   * comes next, which then continues in the next cycle.
   */
  extend(seq16: number): number | null {
    if (this.#highest < 0) return this.#advanceTo(0x1_0000 + seq16);
    const steps = distance16(this.#highest & 0xffff, seq16);
    if (steps > -MAX_MISORDER && steps < MAX_DROPOUT) {
      const extended = this.#highest + steps;
      return steps > 0 ? this.#advanceTo(extended) : extended;
    }
    if (seq16 === this.#expectedAfterJump) return this.#advanceTo(this.#nextCycle(seq16));
    this.#expectedAfterJump = add16(seq16, 1);
    return null;
  }

  #advanceTo(extended: number): number {
    this.#highest = extended;
    this.#expectedAfterJump = -1;
    return extended;
  }

  #nextCycle(seq16: number): number {
    return (Math.floor(this.#highest / 0x1_0000) + 1) * 0x1_0000 + seq16;
  }
}
