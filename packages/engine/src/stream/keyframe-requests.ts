/** A publisher is asked twice in so long at the most, whatever viewers say. */
const TWICE_MS = 1000;
/** The next keyframe is asked for so long after the last request that was answered. */
const LEAST_WAIT_MS = 500;
/** One that does not come is asked for again after so long, or two round trips: request or answer may be lost. */
const REPEAT_MS = 250;
const MOST_WAIT_MS = 4000;
/** So many may be lost on their way, or what answers them, before it is taken for granted that nobody answers. */
const HOPEFUL = 4;

/**
 * Asks the sender of one stream for keyframes, on behalf of all who wait for one: many wishes become one request, which is
 * repeated, after a few times more and more slowly, up to every four seconds, until the keyframe comes.
 */
export class KeyframeRequests {
  #isWanted = false;
  #askedMs = Number.NEGATIVE_INFINITY;
  /** When it was asked before that. */
  #askedBeforeMs = Number.NEGATIVE_INFINITY;
  #waitMs = LEAST_WAIT_MS;
  /** Since the last keyframe. */
  #repeats = 0;

  /** When `due` may say yes; infinity when nobody waits. */
  get nextAtMs(): number {
    if (!this.#isWanted) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#askedMs + this.#waitMs, this.#askedBeforeMs + TWICE_MS);
  }

  /** Whether somebody waits. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** Somebody cannot go on without one: a newcomer, one who switches, one who lost packets. */
  want(): void {
    this.#isWanted = true;
  }

  /**
   * Who did not answer so far can, or does: the stream goes on after a stop, or a keyframe came that was of no use. What is
   * still wanted is asked for as often as in the beginning.
   */
  flows(): void {
    this.#repeats = 0;
    this.#waitMs = REPEAT_MS;
  }

  /** One began to arrive. Who wants one after that waits for another. */
  arrived(): void {
    this.#isWanted = false;
    this.#repeats = 0;
    this.#waitMs = LEAST_WAIT_MS;
  }

  /** Nobody waits any more: the last viewer left. */
  cancel(): void {
    this.arrived();
  }

  /** Whether to send a request now; it counts as sent then. `roundTripMs` is that to the sender. */
  due(now: number, roundTripMs: number): boolean {
    if (now < this.nextAtMs) return false;
    const doublings = Math.max(0, ++this.#repeats - HOPEFUL);
    this.#waitMs = Math.min(MOST_WAIT_MS, Math.max(REPEAT_MS, 2 * roundTripMs) * 2 ** doublings);
    this.#askedBeforeMs = this.#askedMs;
    this.#askedMs = now;
    return true;
  }
}
