/** Sixteenths of a millisecond: differences are right over 74 hours. */
const TICKS_PER_MS = 16;

/** Columns of a row of the ring. */
const AT_TICKS = 0;
/** As it stood on the wire; 0 once its arrival has been told. */
const BYTES = 1;
const COLUMNS = 2;

/**
 * What was sent to one receiver last, by transport-wide sequence number: a ring of 16 KB, made with the first packet. At
 * 20 Mbit/s it holds a second, which is longer than feedback takes; what is told of later is not known any more.
 */
export class SentPackets {
  #rows = new Int32Array(0);
  readonly #mask: number;
  /** How many were sent so far: the number of the next, in full. */
  next = 0;
  /** Bytes of all that were sent so far. */
  bytes = 0;

  /** `capacity`: a power of two, at most 32,768. */
  constructor(capacity = 2048) {
    this.#mask = capacity - 1;
  }

  /** Notes a packet of `bytes` on the wire, and returns its sequence number. Cost: two stores. */
  add(bytes: number, now: number): number {
    if (this.#rows.length === 0) this.#rows = new Int32Array(COLUMNS * (this.#mask + 1));
    const number = this.next++;
    const at = (number & this.#mask) * COLUMNS;
    this.#rows[at + AT_TICKS] = now * TICKS_PER_MS;
    this.#rows[at + BYTES] = bytes;
    this.bytes += bytes;
    return number & 0xffff;
  }

  /** The full number of the newest packet that was sent under `seq16`; -1 when it is not remembered. */
  find(seq16: number): number {
    const back = (this.next - seq16 - 1) & 0xffff;
    return back > this.#mask || back >= this.next ? -1 : this.next - 1 - back;
  }

  /** What the packet had on the wire; 0 when its arrival was told before. */
  bytesOf(number: number): number {
    return this.#rows[(number & this.#mask) * COLUMNS + BYTES]!;
  }

  /** How long before `now` it was sent. */
  ageMs(number: number, now: number): number {
    const at = (number & this.#mask) * COLUMNS;
    return (((now * TICKS_PER_MS) | 0) - this.#rows[at + AT_TICKS]!) / TICKS_PER_MS;
  }

  /** Its arrival has been told. */
  settle(number: number): void {
    this.#rows[(number & this.#mask) * COLUMNS + BYTES] = 0;
  }
}
