/** A bucket that holds `capacity` tokens at most, starts full and gains `perSecond`. The caller says what time it is. */
export class TokenBucket {
  readonly #perMs: number;
  readonly #capacity: number;
  #tokens: number;
  #filledMs: number;

  constructor(perSecond: number, capacity: number, nowMs: number) {
    this.#perMs = perSecond / 1000;
    this.#capacity = capacity;
    this.#tokens = capacity;
    this.#filledMs = nowMs;
  }

  /**
   * Takes `count` tokens, as many as the bucket holds at most, and returns 0; or returns after how many milliseconds
   * (rounded up) there will be so many.
   */
  take(nowMs: number, count = 1): number {
    const wanted = Math.min(count, this.#capacity);
    this.#tokens = Math.min(this.#capacity, this.#tokens + Math.max(0, nowMs - this.#filledMs) * this.#perMs);
    this.#filledMs = nowMs;
    if (this.#tokens >= wanted) {
      this.#tokens -= wanted;
      return 0;
    }
    return Math.max(1, Math.ceil((wanted - this.#tokens) / this.#perMs));
  }
}
