const MOST_BLOCKS = 32;

/**
 * The blocks of a payload with redundancy (RFC 2198 §3): older ones first, the primary one last. One object is filled
 * again for every packet.
 *
 *     |1|  payload type | timestamp offset, 14 bits | length, 10 bits |   each older block
 *     |0|  payload type |                                                the primary
 *     | data of the blocks in the same order |
 */
export class RedBlocks {
  /** How many there are, the primary included. */
  count = 0;
  readonly #payloadTypes = new Uint8Array(MOST_BLOCKS);
  /** How much older than the packet, in ticks of its clock. */
  readonly #agesTs = new Uint16Array(MOST_BLOCKS);
  readonly #at = new Int32Array(MOST_BLOCKS);
  readonly #lengths = new Uint16Array(MOST_BLOCKS);

  payloadType(ix: number): number {
    return this.#payloadTypes[ix]!;
  }

  ageTs(ix: number): number {
    return this.#agesTs[ix]!;
  }

  at(ix: number): number {
    return this.#at[ix]!;
  }

  lengthOf(ix: number): number {
    return this.#lengths[ix]!;
  }

  /** Of the block that a receiver without redundancy is given. */
  get primaryIx(): number {
    return this.count - 1;
  }

  /** False when it is cut short, or has more than 32 blocks. Never allocates. */
  read(bytes: Uint8Array, from: number, length: number): boolean {
    const end = from + length;
    this.count = 0;
    let at = from;
    while (at < end && bytes[at]! >= 0x80) {
      if (at + 4 > end || this.count === MOST_BLOCKS - 1) return false;
      this.#payloadTypes[this.count] = bytes[at]! & 0x7f;
      this.#agesTs[this.count] = (bytes[at + 1]! << 6) | (bytes[at + 2]! >>> 2);
      this.#lengths[this.count++] = ((bytes[at + 2]! & 0x03) << 8) | bytes[at + 3]!;
      at += 4;
    }
    if (at >= end) return false;
    this.#payloadTypes[this.count] = bytes[at]! & 0x7f;
    this.#agesTs[this.count++] = 0;
    return this.#place(at + 1, end);
  }

  /** What the older ones leave is the primary's. */
  #place(from: number, end: number): boolean {
    let at = from;
    for (let ix = 0; ix < this.count; ix++) {
      this.#at[ix] = at;
      if (ix < this.primaryIx) at += this.#lengths[ix]!;
    }
    if (at > end) return false;
    this.#lengths[this.primaryIx] = end - at;
    return true;
  }
}
