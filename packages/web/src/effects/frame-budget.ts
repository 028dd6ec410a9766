/** Longer than this per frame, and the picture has fewer than ten frames a second left. */
const TOO_LONG_MS = 100;
const WATCHED_MS = 6_000;
/** The first frames wait for shaders and models to be made ready: they say nothing about the others. */
const WARM_UP_FRAMES = 5;
const FEWEST_FRAMES = 8;

interface Frame {
  readonly atMs: number;
  readonly tookMs: number;
}

/** Watches what the work on each frame costs, and says when this computer is too slow for it. */
export class FrameBudget {
  #frames: Frame[] = [];
  #seen = 0;
  #since: number | undefined;

  /** Notes that a frame took `tookMs`. True when frames have been taking too long, all through the last seconds. */
  isExceededBy(tookMs: number, atMs: number): boolean {
    this.#seen += 1;
    if (this.#seen <= WARM_UP_FRAMES) return false;
    this.#since ??= atMs;
    this.#frames.push({ atMs, tookMs });
    this.#frames = this.#frames.filter((frame) => frame.atMs > atMs - WATCHED_MS);
    if (atMs - this.#since < WATCHED_MS || this.#frames.length < FEWEST_FRAMES) return false;
    return this.meanMs > TOO_LONG_MS;
  }

  /** Over the last seconds; 0 before the first frame that counts. */
  get meanMs(): number {
    const sum = this.#frames.reduce((total, frame) => total + frame.tookMs, 0);
    return this.#frames.length === 0 ? 0 : sum / this.#frames.length;
  }
}
