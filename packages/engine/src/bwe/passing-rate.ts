/** Fewer packets, or a shorter time, tell nothing. */
const LEAST_PACKETS = 5;
const LEAST_MS = 20;

/**
 * How fast the packets of one feedback followed each other when they arrived. Where they had to queue, that is what the line
 * let through just then, however little was sent before.
 */
export class PassingRate {
  /** Of the feedback that was read last, in bits a second; -1 where it tells nothing. */
  bps = -1;
  #packets = 0;
  #bytes = 0;
  #firstBytes = 0;
  #firstMs = 0;
  #lastMs = 0;

  /** A packet arrived at `arrivedMs`, by the receiver's clock. */
  add(bytes: number, arrivedMs: number): void {
    if (this.#packets === 0 || arrivedMs < this.#firstMs) {
      this.#firstMs = arrivedMs;
      this.#firstBytes = bytes;
    }
    this.#lastMs = this.#packets === 0 ? arrivedMs : Math.max(this.#lastMs, arrivedMs);
    this.#packets++;
    this.#bytes += bytes;
  }

  /** A feedback has been read. */
  settle(): void {
    const elapsedMs = this.#lastMs - this.#firstMs;
    const tells = this.#packets >= LEAST_PACKETS && elapsedMs >= LEAST_MS;
    this.bps = tells ? ((this.#bytes - this.#firstBytes) * 8000) / elapsedMs : -1;
    this.#packets = 0;
    this.#bytes = 0;
  }
}
