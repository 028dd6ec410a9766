/** Columns of a row of `PacketHistory`: what a transmit row needs to send a packet once more. */
export const HISTORY = {
  /** The held slot of the receive table. */
  SLOT: 0,
  /** Where the payload begins in it. */
  OFFSET: 1,
  LENGTH: 2,
  /** As the publisher sent it; unsigned bit for bit. */
  RTP_TS: 3,
  /** With the marker in bit 7. */
  PAYLOAD_TYPE: 4,
  PICTURE_ID: 5,
  LAYER_IDS: 6,
} as const;

export const HISTORY_COLUMNS = 7;

const NONE = -1;

/**
 * The last packets of a publisher's stream, by extended sequence number, so that viewers can be sent one again. It holds
 * no bytes: only which slots of the receive table they are in. Every slot that is put in comes out exactly once, by
 * `evictedSlot` or by `releaseOlder`.
 */
export class PacketHistory {
  /** Rows of `HISTORY_COLUMNS`, filled and read by the caller at what `put` and `find` return. */
  readonly rows: Int32Array;
  /** The slot that the last `put` pushed out; -1 for none. */
  evictedSlot = NONE;
  readonly #capacity: number;
  readonly #extended: Float64Array;
  readonly #atMs: Float64Array;
  #oldest = 0;
  #highest = NONE;

  /** `capacity`: how many packets back it reaches. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.rows = new Int32Array(capacity * HISTORY_COLUMNS);
    this.#extended = new Float64Array(capacity).fill(NONE);
    this.#atMs = new Float64Array(capacity);
  }

  /**
   * Makes a row for a packet in a held slot, and returns where in `rows` the other columns go. -1 when the packet is there
   * already, or older than what is kept: then the slot was not taken.
   */
  put(extended: number, slot: number, now: number): number {
    this.evictedSlot = NONE;
    if (extended <= this.#highest - this.#capacity) return NONE;
    const ix = extended % this.#capacity;
    if (this.#extended[ix] === extended) return NONE;
    if (this.#extended[ix] !== NONE) this.evictedSlot = this.rows[ix * HISTORY_COLUMNS + HISTORY.SLOT]!;
    if (this.#highest === NONE || extended < this.#oldest) this.#oldest = extended;
    this.#highest = Math.max(this.#highest, extended);
    this.#extended[ix] = extended;
    this.#atMs[ix] = now;
    this.rows[ix * HISTORY_COLUMNS + HISTORY.SLOT] = slot;
    return ix * HISTORY_COLUMNS;
  }

  /** Where in `rows` a packet stands; -1 when it is not, or no more, there. */
  find(extended: number): number {
    const ix = extended % this.#capacity;
    return this.#extended[ix] === extended ? ix * HISTORY_COLUMNS : NONE;
  }

  /** Whether its oldest packet came before `beforeMs`: then one that is put in stays about as long as that. */
  reachesBackTo(beforeMs: number): boolean {
    const ix = this.#toOldest();
    return ix !== NONE && this.#atMs[ix]! <= beforeMs;
  }

  /**
   * Takes out one packet that came before `beforeMs`, and returns its slot; -1 when there is none. Call it until then;
   * with infinity to take out all. Oldest first, and none before those with lower numbers are gone.
   */
  releaseOlder(beforeMs: number): number {
    const ix = this.#toOldest();
    return ix !== NONE && this.#atMs[ix]! < beforeMs ? this.#take(ix) : NONE;
  }

  /** Goes on to the oldest packet that is there yet, and returns its place; -1 when there is none. */
  #toOldest(): number {
    // After a jump of the numbers the way from the oldest to the newest is longer than the ring.
    if (this.#highest - this.#oldest >= 2 * this.#capacity) this.#oldest = this.#lowest();
    for (let steps = 0; this.#oldest <= this.#highest && steps < 2 * this.#capacity; steps++, this.#oldest++) {
      const ix = this.#oldest % this.#capacity;
      if (this.#extended[ix] === this.#oldest) return ix;
    }
    return NONE;
  }

  #lowest(): number {
    let lowest = this.#highest + 1;
    for (const extended of this.#extended) if (extended !== NONE && extended < lowest) lowest = extended;
    return lowest;
  }

  #take(ix: number): number {
    this.#extended[ix] = NONE;
    return this.rows[ix * HISTORY_COLUMNS + HISTORY.SLOT]!;
  }
}
