/** A longer time than this between two looks at the clock was not ours: this process had no processor. */
const LONGEST_STEP_MS = 100;

/**
 * The time in milliseconds, without the times at which this process stood still itself: what it did not see then was nobody
 * else's fault. Has to be looked at often.
 */
export class StallClock {
  /** How long it stood still in all, and the longest time. */
  stalledMs = 0;
  longestMs = 0;
  #lastAt = null;

  now() {
    const now = performance.now();
    const step = now - (this.#lastAt ?? now);
    this.#lastAt = now;
    if (step > LONGEST_STEP_MS) {
      this.stalledMs += step - LONGEST_STEP_MS;
      this.longestMs = Math.max(this.longestMs, step);
    }
    return now - this.stalledMs;
  }
}
