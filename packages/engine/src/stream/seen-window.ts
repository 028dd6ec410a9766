/** What `SeenWindow` says of a packet. */
export const SEEN = {
  NEW: 0,
  DUPLICATE: 1,
  /** So late that it is not known any more. */
  TOO_OLD: 2,
} as const;

/**
 * Which of the last packets of a stream have come, by extended sequence numbers: a packet and its retransmission are told
 * to be the same. A bit for each packet; a jump forwards costs as many bits as it is long, at most the window.
 */
export class SeenWindow {
  readonly #size: number;
  readonly #words: Uint32Array;
  #highest = -1;

  /** `size` is how many packets it knows, a power of two from 32. */
  constructor(size: number) {
    this.#size = size;
    this.#words = new Uint32Array(size / 32);
  }

  /** One of `SEEN`; from now on the packet is a duplicate. */
  see(extended: number): number {
    if (extended > this.#highest) this.#advance(extended);
    else if (extended <= this.#highest - this.#size) return SEEN.TOO_OLD;
    else if (this.has(extended)) return SEEN.DUPLICATE;
    this.#words[this.#word(extended)]! |= 1 << (extended & 31);
    return SEEN.NEW;
  }

  /** Whether the packet has come; false for one that is too old to be known. */
  has(extended: number): boolean {
    if (extended > this.#highest || extended <= this.#highest - this.#size) return false;
    return (this.#words[this.#word(extended)]! & (1 << (extended & 31))) !== 0;
  }

  #advance(extended: number): void {
    if (this.#highest < 0 || extended - this.#highest >= this.#size) this.#words.fill(0);
    else {
      for (let skipped = this.#highest + 1; skipped <= extended; skipped++) {
        this.#words[this.#word(skipped)]! &= ~(1 << (skipped & 31));
      }
    }
    this.#highest = extended;
  }

  #word(extended: number): number {
    return (extended % this.#size) >>> 5;
  }
}
