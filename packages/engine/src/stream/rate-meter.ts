const BUCKETS = 10;

/** How many bits a second came, over the last second in tenths. */
export class RateMeter {
  readonly #bytes = new Float64Array(BUCKETS);
  /** In tenths of a second. */
  #at = -1;

  add(bytes: number, now: number): void {
    this.#advance(now);
    this.#bytes[this.#at % BUCKETS]! += bytes;
  }

  /** Of the last second; too little during the first. */
  bps(now: number): number {
    this.#advance(now);
    let bytes = 0;
    for (const bucket of this.#bytes) bytes += bucket;
    return bytes * 8;
  }

  #advance(now: number): void {
    const at = Math.floor(now / (1000 / BUCKETS));
    if (at - this.#at >= BUCKETS) this.#bytes.fill(0);
    else for (let bucket = this.#at + 1; bucket <= at; bucket++) this.#bytes[bucket % BUCKETS] = 0;
    this.#at = Math.max(this.#at, at);
  }
}
