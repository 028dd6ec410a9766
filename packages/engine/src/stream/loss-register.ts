import type { ReportBlock } from '../rtp/index.js';

/** The cumulative loss is a signed number of 24 bits (RFC 3550 §6.4.1). */
const MOST_LOST = 0x7f_ffff;
const LEAST_LOST = -0x80_0000;
/** A step so large is a new start of the sender, not a loss (RFC 3550 A.1, MAX_DROPOUT). */
const RESTART_STEP = 3000;

/**
 * How many packets of one stream were expected and how many came (RFC 3550 A.3), by extended sequence numbers. Packets
 * that come twice count twice, as there, unless the caller leaves them out.
 */
export class LossRegister {
  #first = -1;
  #highest = -1;
  #received = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;

  /** `extended` is what `ExtendedSequence` made of a sequence number. */
  received(extended: number): void {
    if (this.#first < 0 || extended - this.#highest >= RESTART_STEP) this.#begin(extended);
    else if (extended > this.#highest) this.#highest = extended;
    this.#received++;
  }

  #begin(extended: number): void {
    this.#first = extended;
    this.#highest = extended;
    this.#received = 0;
    this.#expectedBefore = 0;
    this.#receivedBefore = 0;
  }

  /** How many should have come since the beginning, or since the sender began anew. */
  get expected(): number {
    return this.#first < 0 ? 0 : this.#highest - this.#first + 1;
  }

  /** Negative when more came than were expected: late ones of before the first, or duplicates. */
  get lost(): number {
    return this.expected - this.#received;
  }

  /**
   * Fills in the loss since the last call, the loss in total, and the highest number with its wraps, which count from the
   * first packet on.
   */
  report(block: ReportBlock): void {
    const expected = this.expected - this.#expectedBefore;
    const lost = expected - (this.#received - this.#receivedBefore);
    this.#expectedBefore = this.expected;
    this.#receivedBefore = this.#received;
    block.fractionLost = expected <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected));
    block.cumulativeLost = Math.max(LEAST_LOST, Math.min(MOST_LOST, this.lost));
    // ExtendedSequence begins one wrap above zero, so that numbers of before the first packet are not negative.
    block.highestSeq32 = this.#highest < 0 ? 0 : (this.#highest - 0x1_0000) >>> 0;
  }
}
