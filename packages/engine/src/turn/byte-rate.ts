const BURST_MS = 500;

/** Bytes that may pass: so many a second, and after a silence those of half a second at once. Excess is not queued. */
export class ByteRate {
  readonly #bytesPerMs: number;
  readonly #most: number;
  #left: number;
  #atMs = 0;

  /** 0 is without limit. */
  constructor(bytesPerSecond: number) {
    this.#bytesPerMs = bytesPerSecond / 1_000;
    this.#most = Math.max(this.#bytesPerMs * BURST_MS, bytesPerSecond > 0 ? 1_500 : 0);
    this.#left = this.#most;
  }

  /** Takes `bytes` out if they may pass now. */
  take(bytes: number, now: number): boolean {
    if (this.#bytesPerMs === 0) return true;
    this.#left = Math.min(this.#most, this.#left + (now - this.#atMs) * this.#bytesPerMs);
    this.#atMs = now;
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
}
