/** What delays say of the line: queues grow, shrink, or neither. */
export type Usage = 'over' | 'normal' | 'under';

/** How many groups the line through the delays is laid through, and how much each smoothed one keeps of the one before. */
const WINDOW = 20;
const SMOOTHING = 0.9;
/** The slope is told in milliseconds per as many groups, times a gain. */
const MOST_DELTAS = 60;
const GAIN = 4;
/** The threshold that it is compared with: where it begins, how far it goes, how fast (draft-ietf-rmcat-gcc-02 §5.4). */
const FIRST_THRESHOLD = 12.5;
const LEAST_THRESHOLD = 6;
const MOST_THRESHOLD = 600;
const UP = 0.0087;
const DOWN = 0.039;
const MOST_STEP_MS = 100;
/** What lies so far above it does not move it: a spike. */
const MOST_ABOVE = 15;
/** Queues have to grow for so long. */
const PATIENCE_MS = 10;

/**
 * Finds out from the delays of packet groups whether a queue is building up: a line laid through the last of them, its
 * slope compared with a threshold that follows what is usual (draft-ietf-rmcat-gcc-02 §5.3 and §5.4, with the trendline
 * filter and the constants that libwebrtc has). Nothing is allocated.
 */
export class DelayTrend {
  usage: Usage = 'normal';
  #threshold = FIRST_THRESHOLD;
  readonly #atMs = new Float64Array(WINDOW);
  readonly #delays = new Float64Array(WINDOW);
  #deltas = 0;
  #accumulatedMs = 0;
  /** The sum of what groups came later than they were sent, smoothed: how the queue stands against the first group. */
  #delayMs = 0;
  #firstArrivalMs = -1;
  #trendBefore = 0;
  #overMs = -1;
  #overs = 0;
  #updatedMs = -1;

  /** Two groups were sent and arrived so far apart; the later one arrived at `arrivedMs`. */
  add(sentDeltaMs: number, arrivalDeltaMs: number, arrivedMs: number): void {
    if (this.#firstArrivalMs < 0) this.#firstArrivalMs = arrivedMs;
    this.#accumulatedMs += arrivalDeltaMs - sentDeltaMs;
    this.#delayMs = SMOOTHING * this.#delayMs + (1 - SMOOTHING) * this.#accumulatedMs;
    this.#atMs[this.#deltas % WINDOW] = arrivedMs - this.#firstArrivalMs;
    this.#delays[this.#deltas % WINDOW] = this.#delayMs;
    this.#deltas++;
    const trend = this.#deltas < WINDOW ? this.#trendBefore : this.#slope();
    this.#detect(trend, sentDeltaMs, arrivedMs);
  }

  /** Least squares; the one before when all groups arrived at one time. */
  #slope(): number {
    let [sumAt, sumDelay] = [0, 0];
    for (let ix = 0; ix < WINDOW; ix++) {
      sumAt += this.#atMs[ix]!;
      sumDelay += this.#delays[ix]!;
    }
    const [meanAt, meanDelay] = [sumAt / WINDOW, sumDelay / WINDOW];
    let [above, below] = [0, 0];
    for (let ix = 0; ix < WINDOW; ix++) {
      const at = this.#atMs[ix]! - meanAt;
      above += at * (this.#delays[ix]! - meanDelay);
      below += at * at;
    }
    return below === 0 ? this.#trendBefore : above / below;
  }

  #detect(trend: number, sentDeltaMs: number, nowMs: number): void {
    if (this.#deltas < 2) return;
    const scaled = Math.min(this.#deltas, MOST_DELTAS) * trend * GAIN;
    if (scaled > this.#threshold) {
      this.#overMs = this.#overMs < 0 ? sentDeltaMs / 2 : this.#overMs + sentDeltaMs;
      this.#overs++;
      if (this.#overMs > PATIENCE_MS && this.#overs > 1 && trend >= this.#trendBefore) {
        this.#overMs = 0;
        this.#overs = 0;
        this.usage = 'over';
      }
    } else {
      this.#overMs = -1;
      this.#overs = 0;
      this.usage = scaled < -this.#threshold ? 'under' : 'normal';
    }
    this.#trendBefore = trend;
    this.#follow(Math.abs(scaled), nowMs);
  }

  #follow(scaled: number, nowMs: number): void {
    const elapsedMs = this.#updatedMs < 0 ? 0 : Math.min(nowMs - this.#updatedMs, MOST_STEP_MS);
    this.#updatedMs = nowMs;
    if (scaled > this.#threshold + MOST_ABOVE) return;
    const speed = scaled < this.#threshold ? DOWN : UP;
    const threshold = this.#threshold + speed * (scaled - this.#threshold) * elapsedMs;
    this.#threshold = Math.min(MOST_THRESHOLD, Math.max(LEAST_THRESHOLD, threshold));
  }
}
