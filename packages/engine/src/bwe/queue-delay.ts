/** For how long the shortest way is remembered: twice as long at most. */
const WINDOW_MS = 10_000;

/**
 * How long packets wait on their way beyond the shortest that was seen lately; the clocks of both ends need not agree. Of
 * the packets of one feedback the one that waited least counts: jitter is no queue.
 */
export class QueueDelay {
  /** Of the last feedback that told of an arrival, in milliseconds; 0 before any. */
  ms = 0;
  #leastMs = Number.POSITIVE_INFINITY;
  #leastBeforeMs = Number.POSITIVE_INFINITY;
  #windowMs = Number.NEGATIVE_INFINITY;
  #currentMs = Number.POSITIVE_INFINITY;

  /** A packet arrived `transitMs` after it was sent, by two clocks. */
  add(transitMs: number): void {
    this.#currentMs = Math.min(this.#currentMs, transitMs);
  }

  /** A feedback has been read. */
  settle(now: number): void {
    if (this.#currentMs === Number.POSITIVE_INFINITY) return;
    if (now - this.#windowMs >= WINDOW_MS) {
      this.#windowMs = now;
      this.#leastBeforeMs = this.#leastMs;
      this.#leastMs = Number.POSITIVE_INFINITY;
    }
    this.#leastMs = Math.min(this.#leastMs, this.#currentMs);
    this.ms = this.#currentMs - Math.min(this.#leastMs, this.#leastBeforeMs);
    this.#currentMs = Number.POSITIVE_INFINITY;
  }
}
