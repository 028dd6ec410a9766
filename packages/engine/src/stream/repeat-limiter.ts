/** Requests for one packet that come so close together are one. */
const LEAST_WAIT_MS = 10;
const MOST_REPEATS = 10;
/** Half of what was sent may be sent again, and so much at once. */
const SHARE = 0.5;
const MOST_BUDGET_BYTES = 128 * 1024;

const NONE = -1;

/**
 * Whether a viewer may be sent a packet again: not twice within a round trip, not more than 10 times, and all in all no
 * more than half of what it was sent, so that requests cannot be used to multiply traffic. Packets are known by the
 * number that the viewer has for them.
 */
export class RepeatLimiter {
  readonly #seqs: Int32Array;
  readonly #lastMs: Float64Array;
  readonly #repeats: Uint8Array;
  #budgetBytes = MOST_BUDGET_BYTES / 4;

  /** `capacity`: of how many packets it keeps count. */
  constructor(capacity: number) {
    this.#seqs = new Int32Array(capacity).fill(NONE);
    this.#lastMs = new Float64Array(capacity);
    this.#repeats = new Uint8Array(capacity);
  }

  /** A packet was sent for the first time. */
  sent(bytes: number): void {
    this.#budgetBytes = Math.min(MOST_BUDGET_BYTES, this.#budgetBytes + bytes * SHARE);
  }

  /** Whether to send packet `seq16` of `bytes` again now; it counts as sent then. */
  allows(seq16: number, bytes: number, now: number, roundTripMs: number): boolean {
    if (bytes > this.#budgetBytes) return false;
    const ix = seq16 % this.#seqs.length;
    if (this.#seqs[ix] !== seq16) this.#repeats[ix] = 0;
    else if (now - this.#lastMs[ix]! < Math.max(LEAST_WAIT_MS, roundTripMs)) return false;
    else if (this.#repeats[ix]! >= MOST_REPEATS) return false;
    this.#seqs[ix] = seq16;
    this.#lastMs[ix] = now;
    this.#repeats[ix]!++;
    this.#budgetBytes -= bytes;
    return true;
  }
}
