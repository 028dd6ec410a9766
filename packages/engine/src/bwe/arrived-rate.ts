/** Bits are counted over so long; the first time longer, since little is known. */
const FIRST_WINDOW_MS = 300;
const WINDOW_MS = 150;
/** How little a sample counts the farther it lies from the estimate, and how fast the estimate grows uncertain. */
const SCALE = 10;
const FIRST_VARIANCE = 50;
const DRIFT = 5;

/**
 * How many bits a second arrive at a receiver, from the arrivals that its feedback tells of: an average of windows in which
 * one counts the less the farther it lies off (with the constants of libwebrtc's `BitrateEstimator`).
 */
export class ArrivedRate {
  /** -1 before the first window is full. */
  bps = -1;
  #beginMs = -1;
  #bytes = 0;
  #variance = FIRST_VARIANCE;

  /** A packet arrived at `arrivedMs`, by the receiver's clock. */
  add(bytes: number, arrivedMs: number): void {
    const windowMs = this.bps < 0 ? FIRST_WINDOW_MS : WINDOW_MS;
    const elapsedMs = arrivedMs - this.#beginMs;
    // Silence is no measure of the line, nor is a clock that went back.
    const isBroken = this.#beginMs < 0 || elapsedMs < -windowMs || elapsedMs >= 2 * windowMs;
    if (!isBroken && elapsedMs >= windowMs) this.#sample((this.#bytes * 8000) / elapsedMs);
    if (isBroken || elapsedMs >= windowMs) {
      this.#beginMs = arrivedMs;
      this.#bytes = 0;
    }
    this.#bytes += bytes;
  }

  /** So much has been seen to pass. */
  raise(bps: number): void {
    this.bps = Math.max(this.bps, bps);
  }

  #sample(bps: number): void {
    if (this.bps < 0) {
      this.bps = bps;
      return;
    }
    const off = ((SCALE * Math.abs(this.bps - bps)) / Math.max(1, this.bps)) ** 2;
    const variance = this.#variance + DRIFT;
    this.bps = (off * this.bps + variance * bps) / (off + variance);
    this.#variance = (off * variance) / (off + variance);
  }
}
