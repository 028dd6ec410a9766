/** Between two probes: at first, and the longest after some that showed no more. */
const FIRST_INTERVAL_MS = 1_500;
const MOST_INTERVAL_MS = 4_000;
const BACK_OFF = 1.5;
/** How much more than the estimate is tried: at first, and later. */
const FIRST_FACTOR = 3;
const FACTOR = 2;
/** Beyond what is needed there is nothing to find out but for some room. */
const ROOM = 1.3;
/** A probe that shows so much of what it tried has not found the limit: the next may follow at once. */
const REACHED = 0.8;

/** When to try out whether a line takes more, and how much: only when somebody could use it. In bits a second. */
export class ProbePlan {
  #nextMs = 0;
  #intervalMs = FIRST_INTERVAL_MS;
  #targetBps = 0;
  #factor = FIRST_FACTOR;

  /** What to try now; -1: nothing. `needBps` is what could be used. */
  next(estimateBps: number, needBps: number, now: number): number {
    if (needBps <= estimateBps || now < this.#nextMs) return -1;
    this.#nextMs = now + this.#intervalMs;
    this.#targetBps = Math.min(estimateBps * this.#factor, needBps * ROOM);
    this.#factor = FACTOR;
    return this.#targetBps;
  }

  /** What the last one showed; -1 for nothing. */
  shown(bps: number, now: number): void {
    if (bps >= REACHED * this.#targetBps) {
      this.#intervalMs = FIRST_INTERVAL_MS;
      this.#nextMs = now;
    } else this.#intervalMs = Math.min(MOST_INTERVAL_MS, this.#intervalMs * BACK_OFF);
  }
}
