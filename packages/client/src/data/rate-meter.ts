const WINDOW_MS = 3_000;

/** How fast something grows, over the last three seconds. */
export class RateMeter {
  #samples: { readonly atMs: number; readonly total: number }[] = [];

  /** `total`: how much there is by now. */
  add(total: number, atMs: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && atMs - last.atMs < 100) return;
    this.#samples.push({ atMs, total });
    while (this.#samples.length > 2 && this.#samples[1]!.atMs <= atMs - WINDOW_MS) this.#samples.shift();
  }

  /** In units a second; 0 while there is too little to tell. */
  get perSecond(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.atMs === first.atMs) return 0;
    return ((last.total - first.total) / (last.atMs - first.atMs)) * 1_000;
  }

  reset(): void {
    this.#samples = [];
  }
}
