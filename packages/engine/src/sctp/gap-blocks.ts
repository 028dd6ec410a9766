import { readU16 } from '../bytes/index.js';

const MOST_BLOCKS = 512;

/** The blocks of a SACK that have arrived above its cumulative TSN (RFC 9260 §3.3.4), as TSNs that go on past 2^32. */
export class GapBlocks {
  #count = 0;
  readonly #firsts = new Float64Array(MOST_BLOCKS);
  readonly #lasts = new Float64Array(MOST_BLOCKS);
  #at = 0;

  get count(): number {
    return this.#count;
  }

  /** Reads `count` blocks. False when they are not in order; those beyond 512 are as if they were not there. */
  read(bytes: Uint8Array, at: number, count: number, cumulative: number): boolean {
    this.#count = 0;
    this.#at = 0;
    let before = 0;
    for (let ix = 0; ix < Math.min(count, MOST_BLOCKS); ix++) {
      const [first, last] = [readU16(bytes, at + 4 * ix), readU16(bytes, at + 4 * ix + 2)];
      if (first <= before || last < first) return false;
      this.#firsts[ix] = cumulative + first;
      this.#lasts[ix] = cumulative + last;
      this.#count++;
      before = last;
    }
    return true;
  }

  /** The highest TSN in a block; -1 without blocks. */
  get highest(): number {
    return this.#count === 0 ? -1 : this.#lasts[this.#count - 1]!;
  }

  /** Whether a TSN is in a block. Cheap when asked for one TSN after the other. */
  has(tsn: number): boolean {
    if (this.#count === 0) return false;
    while (this.#at > 0 && tsn <= this.#lasts[this.#at - 1]!) this.#at--;
    while (this.#at < this.#count && tsn > this.#lasts[this.#at]!) this.#at++;
    return this.#at < this.#count && tsn >= this.#firsts[this.#at]!;
  }
}
