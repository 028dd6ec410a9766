/** Between two probes: at first, and the longest after some that showed no more. */
const FIRST_INTERVAL_MS = 1_500;
const MOST_INTERVAL_MS = 4_000;
const BACK_OFF = 1.5;
/** How much more than the estimate is tried: at first, and later. */
const FIRST_FACTOR = 3;
const FACTOR = 2;
/** Where arrivals vary by more than so much, probes are long: then less, for a queue grows as long as they last. */
const SHORT_JITTER_MS = 10;
const LONG_FACTOR = 1.4;
/** Beyond what is needed there is nothing to find out but for some room. */
const ROOM = 1.3;
/** An estimate that fell at once may have fallen too far: it is tried soon whether nearly all of it was true. */
const RECALLED = 0.85;
const RECALL_MS = 5_000;
/** A probe that shows so much of what it tried has not found the limit: the next may follow at once. */
const REACHED = 0.8;

/** When to try out whether a line takes more, and how much: only when somebody could use it. In bits a second. */
export class ProbePlan {
  #nextMs = 0;
  #intervalMs = FIRST_INTERVAL_MS;
  #targetBps = 0;
  #factor = FIRST_FACTOR;
  #fallenFromBps = 0;
  #fallenMs = 0;

  /** The estimate fell far at once, from `bps`. */
  fell(bps: number, now: number): void {
    if (now - this.#fallenMs > RECALL_MS) this.#fallenFromBps = 0;
    this.#fallenFromBps = Math.max(this.#fallenFromBps, bps);
    this.#fallenMs = now;
  }

  /** What to try now; -1: nothing. `needBps` is what could be used. */
  next(estimateBps: number, needBps: number, jitterMs: number, now: number): number {
    if (needBps <= estimateBps) return -1;
    const isShort = jitterMs <= SHORT_JITTER_MS;
    const recalledBps = isShort && now - this.#fallenMs < RECALL_MS ? RECALLED * this.#fallenFromBps : 0;
    this.#fallenFromBps = 0;
    if (recalledBps <= estimateBps && now < this.#nextMs) return -1;
    this.#nextMs = now + this.#intervalMs;
    const factor = isShort ? this.#factor : LONG_FACTOR;
    const targetBps = recalledBps > estimateBps ? recalledBps : estimateBps * factor;
    this.#targetBps = Math.min(targetBps, needBps * ROOM);
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
