import { distance32, writeU16, writeU32 } from '../bytes/index.js';

/** TSNs this far above the cumulative one are not taken, nor more ranges than these: what memory it takes has a bound. */
const MOST_AHEAD = 16_384;
const MOST_RANGES = 256;
const MOST_REPEATED = 16;

interface Range {
  first: number;
  last: number;
}

/** Which TSNs have arrived (RFC 9260 §6.2). They go on past 2^32 here: `extend` makes them out of those of the wire. */
export class ReceivedTsns {
  #cumulative: number;
  /** Above the cumulative one with a gap in front of each, in order. */
  readonly #ranges: Range[] = [];
  readonly #repeated: number[] = [];

  /** `firstTsn`: which the other side begins with. */
  constructor(firstTsn: number) {
    this.#cumulative = 0x1_0000_0000 + firstTsn - 1;
  }

  /** Everything up to here has arrived, or need not. */
  get cumulative(): number {
    return this.#cumulative;
  }

  get highest(): number {
    return this.#ranges.at(-1)?.last ?? this.#cumulative;
  }

  get hasGaps(): boolean {
    return this.#ranges.length > 0;
  }

  extend(tsn: number): number {
    return this.#cumulative + distance32(this.#cumulative >>> 0, tsn);
  }

  /** Notes one. `repeated`: it had arrived before; `outside`: it is as if it had not arrived. */
  add(tsn: number): 'new' | 'repeated' | 'outside' {
    if (tsn <= this.#cumulative) return this.#repeat(tsn);
    if (tsn > this.#cumulative + MOST_AHEAD) return 'outside';
    if (tsn === this.#cumulative + 1) {
      this.#cumulative = tsn;
      this.#join();
      return 'new';
    }
    return this.#addAhead(tsn);
  }

  has(tsn: number): boolean {
    return tsn <= this.#cumulative || this.#ranges.some(({ first, last }) => first <= tsn && tsn <= last);
  }

  /** Nothing up to `tsn` is waited for any more (RFC 3758 §3.6). */
  forward(tsn: number): void {
    this.#cumulative = Math.max(this.#cumulative, tsn);
    while (this.#ranges.length > 0 && this.#ranges[0]!.last <= this.#cumulative) this.#ranges.shift();
    const [range] = this.#ranges;
    if (range !== undefined && range.first <= this.#cumulative) range.first = this.#cumulative + 1;
    this.#join();
  }

  /** Bytes of a SACK's body, as many blocks as fit into `mostBytes`. */
  sackBytes(mostBytes: number): number {
    const blocks = Math.min(this.#blocks(), (mostBytes - 12) >> 2);
    const repeated = Math.min(this.#repeated.length, ((mostBytes - 12) >> 2) - blocks);
    return 12 + 4 * blocks + 4 * repeated;
  }

  /** Writes the body of a SACK of `length` bytes, as `sackBytes` gave it (RFC 9260 §3.3.4), and forgets what came again. */
  writeSack(bytes: Uint8Array, at: number, length: number, windowBytes: number): void {
    const blocks = Math.min(this.#blocks(), (length - 12) >> 2);
    const repeated = ((length - 12) >> 2) - blocks;
    writeU32(bytes, at, this.#cumulative);
    writeU32(bytes, at + 4, windowBytes);
    writeU16(bytes, at + 8, blocks);
    writeU16(bytes, at + 10, repeated);
    for (let ix = 0; ix < blocks; ix++) {
      const { first, last } = this.#ranges[ix]!;
      writeU16(bytes, at + 12 + 4 * ix, first - this.#cumulative);
      writeU16(bytes, at + 14 + 4 * ix, last - this.#cumulative);
    }
    for (let ix = 0; ix < repeated; ix++) writeU32(bytes, at + 12 + 4 * (blocks + ix), this.#repeated[ix]!);
    this.#repeated.length = 0;
  }

  #blocks(): number {
    return this.#ranges.length;
  }

  #repeat(tsn: number): 'repeated' {
    if (this.#repeated.length < MOST_REPEATED) this.#repeated.push(tsn >>> 0);
    return 'repeated';
  }

  #addAhead(tsn: number): 'new' | 'repeated' | 'outside' {
    const ranges = this.#ranges;
    let ix = ranges.length - 1;
    while (ix >= 0 && ranges[ix]!.first > tsn) ix--;
    const before = ranges[ix];
    const after = ranges[ix + 1];
    if (before !== undefined && tsn <= before.last) return this.#repeat(tsn);
    const touchesBefore = before !== undefined && before.last + 1 === tsn;
    const touchesAfter = after !== undefined && after.first - 1 === tsn;
    if (touchesBefore && touchesAfter) {
      before.last = after.last;
      ranges.splice(ix + 1, 1);
    } else if (touchesBefore) before.last = tsn;
    else if (touchesAfter) after.first = tsn;
    else if (ranges.length === MOST_RANGES) return 'outside';
    else ranges.splice(ix + 1, 0, { first: tsn, last: tsn });
    return 'new';
  }

  /** The first range may follow now without a gap. */
  #join(): void {
    const range = this.#ranges[0];
    if (range === undefined || range.first !== this.#cumulative + 1) return;
    this.#cumulative = range.last;
    this.#ranges.shift();
  }
}
