import { Ring } from '../bytes/index.js';
import { FRAGMENT, Fragment } from './fragment.js';
import type { GapBlocks } from './gap-blocks.js';
import type { OutgoingMessage } from './outgoing-message.js';

const MOST_FRAGMENTS = 16_384;
/** Reports that make a part count as lost (RFC 9260 §7.2.4). */
const MISSING_REPORTS = 3;
const NOTHING_NEW = { bytes: 0, highestSerial: -1 };

/**
 * Parts that were sent and are not acknowledged cumulatively, in the order of their TSNs, which here go on past 2^32.
 *
 * A part counts as missing when one arrived that was *sent* later, be it under a lower TSN: so a part that is lost again
 * is noticed without T3, where RFC 9260 §7.2.4 lets it be sent fast only once.
 */
export class Flight {
  readonly #parts = new Ring<Fragment>(MOST_FRAGMENTS);
  /** The TSN of the first part. */
  #first: number;
  #bytes = 0;
  #lost = 0;
  #arrived = 0;
  #serial = 0;
  /** No part before it is lost. */
  #lostFrom = 0;
  /** No part behind it is known to have arrived. */
  #arrivedTo = -1;
  /** The part whose round trip is measured: its TSN, and when it was sent. */
  #timedTsn = -1;
  #timedAtMs = 0;

  constructor(firstTsn: number) {
    this.#first = firstTsn;
  }

  /** Bytes under way. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#parts.size;
  }

  get isFull(): boolean {
    return this.#parts.size === MOST_FRAGMENTS;
  }

  get first(): number {
    return this.#first;
  }

  /** The TSN that the next new part has. */
  get next(): number {
    return this.#first + this.#parts.size;
  }

  /** How many parts are to be sent again. */
  get lost(): number {
    return this.#lost;
  }

  at(tsn: number): Fragment | undefined {
    return this.#parts.at(tsn - this.#first);
  }

  /** A new part is sent; it has the TSN that `next` was. */
  add(part: Fragment, now: number): void {
    if (this.#timedTsn < 0) {
      this.#timedTsn = this.next;
      this.#timedAtMs = now;
    }
    this.#parts.push(part);
    this.#note(part);
  }

  /** A number for a part that will never be sent, so that a message that was begun can be given up (RFC 3758 §3.5 A3). */
  addGivenUp(message: OutgoingMessage): void {
    const part = new Fragment(message, message.cutBytes, 0, 0);
    part.state = FRAGMENT.GIVEN_UP;
    this.#parts.push(part);
  }

  /** The TSN of the first part to be sent again; -1 without one. */
  firstLost(): number {
    if (this.#lost === 0) return -1;
    for (let tsn = Math.max(this.#lostFrom, this.#first); tsn < this.next; tsn++) {
      this.#lostFrom = tsn;
      if (this.at(tsn)!.state === FRAGMENT.LOST) return tsn;
    }
    return -1;
  }

  /** It is sent again. */
  resent(tsn: number): void {
    const part = this.at(tsn)!;
    part.state = FRAGMENT.IN_FLIGHT;
    part.missing = 0;
    this.#lost--;
    this.#note(part);
    if (tsn === this.#timedTsn) this.#timedTsn = -1;
  }

  /** Takes out everything up to `cumulative`, and gives how many bytes of it were not known to have arrived. */
  acknowledge(cumulative: number): number {
    let bytes = 0;
    for (; this.#first <= cumulative; this.#first++) {
      const part = this.#parts.shift()!;
      if (part.state === FRAGMENT.IN_FLIGHT) this.#bytes -= part.length;
      else if (part.state === FRAGMENT.LOST) this.#lost--;
      else if (part.state === FRAGMENT.ARRIVED) this.#arrived--;
      if (part.state === FRAGMENT.IN_FLIGHT || part.state === FRAGMENT.LOST) bytes += part.length;
    }
    return bytes;
  }

  /** Notes what a SACK says above the cumulative TSN; gives how many bytes are new. What it does not say any more is under way. */
  report(gaps: GapBlocks): { readonly bytes: number; readonly highestSerial: number } {
    if (gaps.count === 0 && this.#arrived === 0) return NOTHING_NEW;
    let [bytes, highestSerial] = [0, -1];
    const last = Math.max(gaps.highest, this.#arrivedTo);
    for (let tsn = this.#first; tsn <= last; tsn++) {
      const part = this.at(tsn)!;
      const isThere = gaps.has(tsn);
      if (isThere && (part.state === FRAGMENT.IN_FLIGHT || part.state === FRAGMENT.LOST)) {
        if (part.state === FRAGMENT.LOST) this.#lost--;
        else this.#bytes -= part.length;
        part.state = FRAGMENT.ARRIVED;
        this.#arrived++;
        bytes += part.length;
        highestSerial = Math.max(highestSerial, part.serial);
      } else if (!isThere && part.state === FRAGMENT.ARRIVED) {
        part.state = FRAGMENT.IN_FLIGHT;
        this.#arrived--;
        this.#bytes += part.length;
      }
    }
    this.#arrivedTo = gaps.highest;
    return { bytes, highestSerial };
  }

  /** One more report that parts sent before `serial` are missing; true when any is lost now. */
  miss(serial: number): boolean {
    let isLost = false;
    for (let tsn = this.#first; tsn < this.next; tsn++) {
      const part = this.at(tsn)!;
      if (part.serial >= serial) {
        // All behind one that was sent once were sent after it.
        if (part.sent === 1) break;
        continue;
      }
      if (part.state !== FRAGMENT.IN_FLIGHT || ++part.missing < MISSING_REPORTS) continue;
      this.#lose(part, tsn);
      isLost = true;
    }
    return isLost;
  }

  /** T3 has run out: everything under way is to be sent again. */
  loseAll(): void {
    this.#timedTsn = -1;
    for (let tsn = this.#first; tsn < this.next; tsn++) {
      const part = this.at(tsn)!;
      if (part.state === FRAGMENT.IN_FLIGHT) this.#lose(part, tsn);
    }
  }

  /** Its parts are not sent any more. */
  giveUp(message: OutgoingMessage): void {
    this.#timedTsn = -1;
    for (let ix = 0; ix < this.#parts.size; ix++) {
      const part = this.#parts.at(ix)!;
      if (part.message !== message) continue;
      if (part.state === FRAGMENT.IN_FLIGHT) this.#bytes -= part.length;
      else if (part.state === FRAGMENT.LOST) this.#lost--;
      else if (part.state === FRAGMENT.ARRIVED) this.#arrived--;
      part.state = FRAGMENT.GIVEN_UP;
    }
  }

  /** How long the timed part was under way, once it has arrived; -1 otherwise, and then the next one is timed. */
  measured(cumulative: number, gaps: GapBlocks, now: number): number {
    if (this.#timedTsn < 0 || (this.#timedTsn > cumulative && !gaps.has(this.#timedTsn))) return -1;
    this.#timedTsn = -1;
    return now - this.#timedAtMs;
  }

  #note(part: Fragment): void {
    part.sent++;
    part.serial = this.#serial++;
    this.#bytes += part.length;
  }

  #lose(part: Fragment, tsn: number): void {
    part.state = FRAGMENT.LOST;
    this.#lostFrom = Math.min(this.#lostFrom, tsn);
    this.#lost++;
    this.#bytes -= part.length;
  }
}
