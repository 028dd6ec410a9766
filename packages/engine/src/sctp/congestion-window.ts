import { MOST_PACKET_BYTES } from './chunk.js';

const MTU = MOST_PACKET_BYTES;
/** As TCP does (RFC 6928) and other data channels do, instead of 4,404 bytes (RFC 9260 §7.2.1). */
const INITIAL_BYTES = 10 * MTU;
const LEAST_THRESHOLD_BYTES = 4 * MTU;
/** What a SACK adds at most in slow start: one may speak of a whole batch of packets. RFC 9260 §7.2.1 says L = 1. */
const MOST_PER_SACK_BYTES = 4 * MTU;
/** More is not in flight at once, so that an association has a bound. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Slow start, congestion avoidance and fast recovery (RFC 9260 §7.2): how many bytes may be under way. */
export class CongestionWindow {
  #bytes = INITIAL_BYTES;
  #threshold: number;
  #partialBytes = 0;
  /** The TSN whose acknowledgement ends fast recovery; null outside of it. */
  #recoversAt: number | null = null;

  /** `windowBytes` is the other side's first window. */
  constructor(windowBytes: number) {
    this.#threshold = windowBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get isRecovering(): boolean {
    return this.#recoversAt !== null;
  }

  /**
   * `ackedBytes` have newly arrived, and everything up to `cumulative`, a TSN that goes on past its wrap; `flightBytes` were
   * under way before. Only for SACKs that move the cumulative TSN.
   */
  acknowledged(ackedBytes: number, cumulative: number, flightBytes: number): void {
    if (this.#recoversAt !== null) {
      if (cumulative < this.#recoversAt) return;
      this.#recoversAt = null;
    }
    const isFull = flightBytes + MTU > this.#bytes;
    if (this.#bytes <= this.#threshold) {
      if (isFull) this.#grow(Math.min(ackedBytes, MOST_PER_SACK_BYTES));
      return;
    }
    this.#partialBytes += ackedBytes;
    if (this.#partialBytes < this.#bytes || !isFull) return;
    this.#partialBytes -= this.#bytes;
    this.#grow(MTU);
  }

  /** A chunk was reported missing three times; `highest` is the highest TSN under way (§7.2.4). */
  lost(highest: number): void {
    if (this.#recoversAt !== null) return;
    this.#halve();
    this.#bytes = this.#threshold;
    this.#recoversAt = highest;
  }

  /** T3 has run out (§7.2.3): from the beginning. */
  timedOut(): void {
    this.#halve();
    this.#bytes = MTU;
    this.#recoversAt = null;
  }

  /** Nothing was sent for as long as the RTO (§7.2.1). */
  idled(): void {
    this.#bytes = Math.max(this.#bytes / 2, Math.min(this.#bytes, INITIAL_BYTES));
  }

  #halve(): void {
    this.#threshold = Math.max(this.#bytes / 2, LEAST_THRESHOLD_BYTES);
    this.#partialBytes = 0;
  }

  #grow(bytes: number): void {
    this.#bytes = Math.min(MOST_BYTES, this.#bytes + bytes);
  }
}
