import { ExtendedSequence } from '../bytes/index.js';
import { NOT_ARRIVED, REFERENCE_TICKS, TICK_US, type TransportFeedback } from '../rtp/index.js';

const INTERVAL_MS = 100;
const TICKS_PER_MS = 1000 / TICK_US;
/** Farthest that two arrivals in one feedback may lie apart: 16 bits of ticks, signed. */
const MOST_STEP = 0x7fff;

/**
 * When the packets of one connection arrived, by their transport-wide sequence numbers, and the feedback on them that is
 * due ten times a second. A packet that comes after later ones were told of is told of in the next feedback, which then
 * begins with it.
 */
export class TransportArrivals {
  readonly #sequence = new ExtendedSequence();
  /** Ticks of 250 µs since time 0, or `NOT_ARRIVED`, in a ring. */
  readonly #ticks: Float64Array;
  readonly #capacity: number;
  #begin = -1;
  #end = -1;
  #feedbackSeq8 = 0;
  #nextAtMs = Number.POSITIVE_INFINITY;

  /** `capacity`: of how many packets it can tell; a burst between two feedbacks has to fit. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#ticks = new Float64Array(capacity).fill(NOT_ARRIVED);
  }

  /** When feedback is due; infinity when nothing came since the last. */
  get nextAtMs(): number {
    return this.#nextAtMs;
  }

  received(transportSeq16: number, now: number): void {
    const extended = this.#sequence.extend(transportSeq16);
    if (extended === null || extended < this.#end - this.#capacity) return;
    if (this.#end < 0 || extended - this.#end >= this.#capacity) this.#restart(extended);
    for (; this.#end <= extended; this.#end++) this.#ticks[this.#end % this.#capacity] = NOT_ARRIVED;
    this.#begin = Math.max(Math.min(this.#begin, extended), this.#end - this.#capacity);
    const ix = extended % this.#capacity;
    if (this.#ticks[ix] === NOT_ARRIVED) this.#ticks[ix] = Math.round(now * TICKS_PER_MS);
    this.#nextAtMs = Math.min(this.#nextAtMs, now + INTERVAL_MS);
  }

  /** Forgets all: the numbers have jumped farther than is remembered. */
  #restart(extended: number): void {
    this.#ticks.fill(NOT_ARRIVED);
    this.#begin = extended;
    this.#end = extended;
  }

  /**
   * Fills in the feedback that is due, and returns whether there is any. Call it until there is none: one that is full, or
   * would reach over more than eight seconds, is followed by another.
   */
  due(now: number, feedback: TransportFeedback): boolean {
    if (now < this.#nextAtMs) return false;
    if (this.#begin >= this.#end) {
      this.#nextAtMs = Number.POSITIVE_INFINITY;
      return false;
    }
    this.#fill(feedback);
    return true;
  }

  /** The arrival of the first packet that did arrive: the last always has. */
  #firstTicks(): number {
    let at = this.#begin;
    while (this.#ticks[at % this.#capacity] === NOT_ARRIVED) at++;
    return this.#ticks[at % this.#capacity]!;
  }

  #fill(feedback: TransportFeedback): void {
    const reference = Math.floor(this.#firstTicks() / REFERENCE_TICKS);
    const most = Math.min(this.#end - this.#begin, feedback.arrivalTicks.length);
    let before = 0;
    let count = 0;
    for (; count < most; count++) {
      const ticks = this.#ticks[(this.#begin + count) % this.#capacity]!;
      const since = ticks - reference * REFERENCE_TICKS;
      if (ticks !== NOT_ARRIVED && Math.abs(since - before) > MOST_STEP) break;
      feedback.arrivalTicks[count] = ticks === NOT_ARRIVED ? NOT_ARRIVED : since;
      if (ticks !== NOT_ARRIVED) before = since;
    }
    feedback.baseSeq16 = this.#begin & 0xffff;
    feedback.count = count;
    feedback.reference24 = reference % 0x100_0000;
    feedback.feedbackSeq8 = this.#feedbackSeq8;
    this.#feedbackSeq8 = (this.#feedbackSeq8 + 1) & 0xff;
    this.#begin += count;
  }
}
