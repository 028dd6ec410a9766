/** Packets that overtake each other are not lost: so long a gap is not asked about. */
const REORDER_MS = 5;
/** The least time between two requests for one packet. */
const LEAST_WAIT_MS = 20;
/** Each request waits so much longer than the one before. */
const BACK_OFF = 1.5;
const MOST_TRIES = 10;
/** Nobody plays out what comes later than this. */
const MOST_AGE_MS = 2000;
/** A step so large is a new start of the sender, not a loss. */
const RESTART_STEP = 3000;

/**
 * Which packets of one stream are missing, and when to ask for each: after 5 ms, then after a round trip, each time half
 * as long again; at most 10 times, for at most 2 seconds, at most `capacity` at a time. Rows stand in the order of their
 * numbers.
 *
 * Cost: `received` in order O(1); a packet that fills a gap, and `due`, O(number of the missing).
 */
export class NackRegister {
  /** Told after some were given up: once for all of them. */
  onGivenUp: (() => void) | null = null;
  readonly #missing: Float64Array;
  readonly #sinceMs: Float64Array;
  readonly #askAtMs: Float64Array;
  readonly #tries: Uint8Array;
  #size = 0;
  #highest = -1;
  #nextAtMs = Number.POSITIVE_INFINITY;
  #recovered = 0;
  #givenUp = 0;

  constructor(capacity: number) {
    this.#missing = new Float64Array(capacity);
    this.#sinceMs = new Float64Array(capacity);
    this.#askAtMs = new Float64Array(capacity);
    this.#tries = new Uint8Array(capacity);
  }

  /** How many are missing now. */
  get size(): number {
    return this.#size;
  }

  /** How many came after all. */
  get recovered(): number {
    return this.#recovered;
  }

  /** How many are not asked for any more: only a keyframe helps after one of a picture. */
  get givenUp(): number {
    return this.#givenUp;
  }

  /** When `due` has something to do; infinity when nothing is missing. */
  get nextAtMs(): number {
    return this.#nextAtMs;
  }

  /** Whether a packet is missing and waited for. */
  has(extended: number): boolean {
    for (let row = 0; row < this.#size; row++) if (this.#missing[row] === extended) return true;
    return false;
  }

  /** A packet came, as such or by a retransmission. `extended` is what `ExtendedSequence` made of its number. */
  received(extended: number, now: number): void {
    if (extended <= this.#highest) {
      this.#fill(extended);
      return;
    }
    const step = extended - this.#highest;
    if (this.#highest >= 0 && step > 1) this.#note(step, extended, now);
    this.#highest = extended;
  }

  /** Forgets all before a packet: a keyframe begins there. They count neither as recovered nor as given up. */
  forgetBefore(extended: number): void {
    let count = 0;
    while (count < this.#size && this.#missing[count]! < extended) count++;
    this.#remove(0, count);
  }

  /**
   * Writes the sequence numbers to ask for now into `lost`, rising, and returns how many; what finds no room is due still.
   * `roundTripMs` is that to the sender. Gives up what was asked for too often, or is too old.
   */
  due(now: number, roundTripMs: number, lost: Uint16Array): number {
    if (now < this.#nextAtMs) return 0;
    this.#giveUp(now);
    let count = 0;
    let next = Number.POSITIVE_INFINITY;
    for (let row = 0; row < this.#size; row++) {
      if (this.#askAtMs[row]! <= now && count < lost.length) {
        lost[count++] = this.#missing[row]!;
        this.#askAtMs[row] = now + Math.max(LEAST_WAIT_MS, roundTripMs) * BACK_OFF ** this.#tries[row]!;
        this.#tries[row]!++;
      }
      next = Math.min(next, this.#askAtMs[row]!);
    }
    this.#nextAtMs = next;
    return count;
  }

  #note(step: number, extended: number, now: number): void {
    const capacity = this.#missing.length;
    if (step >= RESTART_STEP) {
      this.#remove(0, this.#size);
      return;
    }
    const from = Math.max(this.#highest + 1, extended - capacity);
    const overflow = this.#size + (extended - from) - capacity;
    this.#remove(0, Math.max(0, overflow));
    this.#count(Math.max(0, overflow) + (from - this.#highest - 1));
    for (let missing = from; missing < extended; missing++) this.#append(missing, now);
  }

  #append(extended: number, now: number): void {
    const row = this.#size++;
    this.#missing[row] = extended;
    this.#sinceMs[row] = now;
    this.#askAtMs[row] = now + REORDER_MS;
    this.#tries[row] = 0;
    this.#nextAtMs = Math.min(this.#nextAtMs, now + REORDER_MS);
  }

  #fill(extended: number): void {
    for (let row = 0; row < this.#size && this.#missing[row]! <= extended; row++) {
      if (this.#missing[row] !== extended) continue;
      this.#recovered++;
      this.#remove(row, 1);
    }
  }

  #giveUp(now: number): void {
    let count = 0;
    for (let row = this.#size - 1; row >= 0; row--) {
      const isSpent = this.#tries[row]! >= MOST_TRIES && this.#askAtMs[row]! <= now;
      if (!isSpent && now - this.#sinceMs[row]! < MOST_AGE_MS) continue;
      count++;
      this.#remove(row, 1);
    }
    this.#count(count);
  }

  #count(givenUp: number): void {
    this.#givenUp += givenUp;
    if (givenUp > 0) this.onGivenUp?.();
  }

  #remove(row: number, count: number): void {
    if (count === 0) return;
    this.#missing.copyWithin(row, row + count, this.#size);
    this.#sinceMs.copyWithin(row, row + count, this.#size);
    this.#askAtMs.copyWithin(row, row + count, this.#size);
    this.#tries.copyWithin(row, row + count, this.#size);
    this.#size -= count;
    if (this.#size === 0) this.#nextAtMs = Number.POSITIVE_INFINITY;
  }
}
