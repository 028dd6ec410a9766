/** Columns of a row of `OutLedger`. */
export const LEDGER = {
  /** The outgoing number, low 32 bits. */
  OUT: 0,
  /** Number of the leg that it belongs to. */
  LEG: 1,
  /** Extended number at the source, low 32 bits. */
  IN: 2,
  /** What was sent: payload type with the marker in bit 7, `WAITS` before it was; or `RESERVED`, or `FILLED`. */
  PAYLOAD_TYPE: 3,
  RTP_TS: 4,
  PICTURE_ID: 5,
  LAYER_IDS: 6,
} as const;

const COLUMNS = 7;

/** In the column `PAYLOAD_TYPE`: kept for a packet that is missing; sent without a payload. */
export const RESERVED = -1;
export const FILLED = -2;
/** A bit in the column `PAYLOAD_TYPE`: not sent yet, but to be. */
export const WAITS = 1 << 8;

const NONE = -1;

/**
 * Which packet each of the last outgoing sequence numbers of one subscription stands for. Numbers are given in the order
 * of the packets at the source, so that rows rise by (leg, IN), and one for a packet that comes late is found by halving.
 *
 * Cost: 28 bytes a row; `add` O(1), `find` O(log capacity).
 */
export class OutLedger {
  readonly rows: Int32Array;
  /** How many rows are `RESERVED`. */
  reserved = 0;
  /** How many of the last numbers are remembered. */
  readonly capacity: number;
  readonly #first: number;
  #next: number;

  /** `capacity` is a power of two; `firstSeq16` the first number to give. */
  constructor(capacity: number, firstSeq16: number) {
    this.capacity = capacity;
    this.rows = new Int32Array(capacity * COLUMNS);
    this.#first = firstSeq16;
    this.#next = firstSeq16;
  }

  /** The number that is given next, extended past 16 bits. */
  get next(): number {
    return this.#next;
  }

  /** Gives the next number and returns where its row is; the columns from `PAYLOAD_TYPE` on are the caller's. */
  add(leg: number, extended: number): number {
    const at = (this.#next & (this.capacity - 1)) * COLUMNS;
    if (this.rows[at + LEDGER.PAYLOAD_TYPE] === RESERVED) this.reserved--;
    this.rows[at + LEDGER.OUT] = this.#next;
    this.rows[at + LEDGER.LEG] = leg;
    this.rows[at + LEDGER.IN] = extended;
    this.#next++;
    return at;
  }

  /** Keeps numbers for `count` missing packets from `extended` on. Rows are made for as many as are remembered. */
  reserve(leg: number, extended: number, count: number): void {
    const skipped = Math.max(0, count - this.capacity);
    this.#next += skipped;
    for (let nth = skipped; nth < count; nth++) {
      this.rows[this.add(leg, extended + nth) + LEDGER.PAYLOAD_TYPE] = RESERVED;
      this.reserved++;
    }
  }

  /** What was sent for a number that was kept. */
  settle(at: number, payloadType: number): void {
    this.rows[at + LEDGER.PAYLOAD_TYPE] = payloadType;
    this.reserved--;
  }

  /** Where the row of a number is that a viewer names; -1 when it was not given, or is forgotten. */
  rowOf(seq16: number): number {
    const out = this.#next - ((this.#next - seq16) & 0xffff);
    const at = (out & (this.capacity - 1)) * COLUMNS;
    return out < this.#next && out >= this.oldest && this.rows[at + LEDGER.OUT] === (out | 0) ? at : NONE;
  }

  /** Where the row of a packet of a leg is; -1 when no number was given to it, or it is forgotten. */
  find(leg: number, extended: number): number {
    let low = this.oldest;
    let high = this.#next - 1;
    while (low <= high) {
      const middle = low + ((high - low) >>> 1);
      const at = this.at(middle);
      const ahead = this.rows[at + LEDGER.LEG]! - leg || (this.rows[at + LEDGER.IN]! - extended) | 0;
      if (ahead === 0) return at;
      if (ahead < 0) low = middle + 1;
      else high = middle - 1;
    }
    return NONE;
  }

  /** The oldest number that is remembered. */
  get oldest(): number {
    return Math.max(this.#first, this.#next - this.capacity);
  }

  /** Where the row of a number is, from `oldest` and below `next`. */
  at(out: number): number {
    return (out & (this.capacity - 1)) * COLUMNS;
  }
}
