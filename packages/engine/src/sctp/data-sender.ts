import { writeU16, writeU32 } from '../bytes/index.js';
import { CHUNK, DATA_HEADER_BYTES, padded } from './chunk.js';
import { CongestionWindow } from './congestion-window.js';
import { Flight } from './flight.js';
import { type ForwardPoint, forwardPoint } from './forward-point.js';
import { FRAGMENT, type Fragment } from './fragment.js';
import type { GapBlocks } from './gap-blocks.js';
import type { Introduction } from './init-chunk.js';
import type { PacketWriter } from './packet-writer.js';
import type { RetransmissionTimeout } from './retransmission-timeout.js';
import type { SendQueue } from './send-queue.js';

const DATA_BODY_BYTES = DATA_HEADER_BYTES - 4;
const NEVER = Number.POSITIVE_INFINITY;

/** One direction of an association that has been set up: what goes out, and what is heard of it. */
export class DataSender {
  readonly #queue: SendQueue;
  readonly #rto: RetransmissionTimeout;
  readonly #flight: Flight;
  readonly #congestion: CongestionWindow;
  /** Whether the other side can be told to pass over what was given up. */
  readonly #forwards: boolean;
  /** The window of the last SACK. */
  #windowBytes: number;
  #t3AtMs = NEVER;
  #lastSentMs = 0;
  /** The first part that was noticed as lost goes out whatever the window (RFC 9260 §7.2.4, 3). */
  #isRescuing = false;
  #isForwardDue = false;
  /** How often T3 has run out since something was heard. */
  timeouts = 0;
  /** Parts that were sent again. */
  resent = 0;

  constructor(queue: SendQueue, rto: RetransmissionTimeout, remote: Introduction, ownTsn: number) {
    this.#queue = queue;
    this.#rto = rto;
    this.#flight = new Flight(ownTsn);
    this.#congestion = new CongestionWindow(remote.windowBytes);
    this.#windowBytes = remote.windowBytes;
    this.#forwards = remote.forwardTsn;
  }

  get t3AtMs(): number {
    return this.#t3AtMs;
  }

  /** Of the next new DATA chunk, 32 bits. */
  get nextTsn(): number {
    return this.#flight.next >>> 0;
  }

  /** The first that is not acknowledged, as a number that goes on past 2^32. */
  get firstUnacknowledged(): number {
    return this.#flight.first;
  }

  /** Everything that was sent has been acknowledged. */
  get isQuiet(): boolean {
    return this.#flight.size === 0;
  }

  get flightBytes(): number {
    return this.#flight.bytes;
  }

  /** Whether a part that is not acknowledged belongs to the stream. */
  isUnderWay(streamId: number): boolean {
    for (let tsn = this.#flight.first; tsn < this.#flight.next; tsn++) {
      if (this.#flight.at(tsn)!.message.wanted.streamId === streamId) return true;
    }
    return false;
  }

  /** Takes a SACK; false when it speaks of what was never sent. `cumulative` goes on past 2^32. */
  acknowledge(cumulative: number, windowBytes: number, gaps: GapBlocks, now: number): boolean {
    const flight = this.#flight;
    if (cumulative >= flight.next || gaps.highest >= flight.next) return false;
    if (cumulative < flight.first - 1) return true;
    const before = flight.bytes;
    const isMoved = cumulative >= flight.first;
    const roundTripMs = flight.measured(cumulative, gaps, now);
    if (roundTripMs >= 0) this.#rto.measured(roundTripMs);
    const wasRecovering = this.#congestion.isRecovering;
    const ackedBytes = flight.acknowledge(cumulative);
    const { bytes, highestSerial } = flight.report(gaps);
    this.#windowBytes = windowBytes;
    if (isMoved || bytes > 0 || windowBytes === 0) this.timeouts = 0;
    if (isMoved) this.#congestion.acknowledged(ackedBytes + bytes, cumulative, before);
    // In recovery every SACK that moves on counts for all before its highest (RFC 9260 §7.2.4).
    const serial = wasRecovering && isMoved && gaps.count > 0 ? (flight.at(gaps.highest)?.serial ?? -1) : highestSerial;
    if (serial >= 0 && flight.miss(serial)) this.#noticeLoss();
    if (flight.size === 0) this.#t3AtMs = NEVER;
    else if (isMoved || this.#t3AtMs === NEVER) this.#t3AtMs = now + this.#rto.ms;
    this.#isForwardDue ||= this.#forwards && this.#isHeadGivenUp();
    return true;
  }

  /** T3 has run out (RFC 9260 §6.3.3). */
  timedOut(now: number): void {
    this.timeouts++;
    this.#rto.backOff();
    this.#congestion.timedOut();
    this.#flight.loseAll();
    this.#isForwardDue = this.#forwards && this.#isHeadGivenUp();
    this.#t3AtMs = now + this.#rto.ms;
  }

  /** Whether `fill` would add something to an empty packet. */
  isReady(now: number): boolean {
    return this.#nextLost(now) >= 0 || this.#nextNew(now) > 0;
  }

  /** Adds DATA chunks to a packet until it is full or nothing more may be sent. */
  fill(writer: PacketWriter, now: number): void {
    this.#wake(now);
    for (let tsn = this.#nextLost(now); tsn >= 0; tsn = this.#nextLost(now)) {
      const part = this.#flight.at(tsn)!;
      if (!fits(part.length, writer)) return;
      this.#flight.resent(tsn);
      this.#isRescuing = false;
      this.resent++;
      this.#write(part, tsn, writer, now);
    }
    for (let bytes = this.#nextNew(now); bytes > 0 && fits(bytes, writer); bytes = this.#nextNew(now)) {
      const part = this.#queue.take(bytes);
      const tsn = this.#flight.next;
      this.#flight.add(part, now);
      this.#write(part, tsn, writer, now);
    }
  }

  /** How far the other side is to go on without what was given up; null when it need not be told now. */
  takeForward(): ForwardPoint | null {
    if (!this.#isForwardDue) return null;
    this.#isForwardDue = false;
    return forwardPoint(this.#flight);
  }

  /** The first part to be sent again that may be sent; -1 without one. Gives up what has been tried for long enough. */
  #nextLost(now: number): number {
    if (this.#flight.lost === 0) return -1;
    for (;;) {
      const tsn = this.#flight.firstLost();
      if (tsn < 0) return -1;
      const part = this.#flight.at(tsn)!;
      if (!this.#isPast(part, now)) {
        return this.#isRescuing || this.#flight.bytes < this.#congestion.bytes ? tsn : -1;
      }
      this.#giveUp(part);
    }
  }

  /** How many bytes a new part may have; 0 when none may be sent. One probes a closed window (RFC 9260 §6.1 A). */
  #nextNew(now: number): number {
    const flight = this.#flight;
    if (flight.isFull || flight.bytes >= this.#congestion.bytes || flight.lost > 0) return 0;
    const bytes = this.#queue.nextBytes(now);
    return flight.bytes + bytes <= this.#windowBytes || flight.size === 0 ? bytes : 0;
  }

  #isPast({ message, sent }: Fragment, now: number): boolean {
    const { maxRetransmits, expiresAtMs } = message.wanted;
    return this.#forwards && (sent > maxRetransmits || now >= expiresAtMs);
  }

  #giveUp({ message }: Fragment): void {
    message.isGivenUp = true;
    if (this.#queue.giveUp(message)) this.#flight.addGivenUp(message);
    this.#flight.giveUp(message);
    this.#isForwardDue = this.#isHeadGivenUp();
  }

  #isHeadGivenUp(): boolean {
    return this.#flight.at(this.#flight.first)?.state === FRAGMENT.GIVEN_UP;
  }

  #noticeLoss(): void {
    if (!this.#congestion.isRecovering) this.#isRescuing = true;
    this.#congestion.lost(this.#flight.next - 1);
  }

  /** After a silence the window is less, for what is known of the path is old (RFC 9260 §7.2.1). */
  #wake(now: number): void {
    if (this.#flight.size > 0) return;
    for (let idle = now - this.#lastSentMs; idle >= this.#rto.ms && this.#lastSentMs > 0; idle -= this.#rto.ms) {
      const before = this.#congestion.bytes;
      this.#congestion.idled();
      if (this.#congestion.bytes === before) break;
    }
  }

  #write(part: Fragment, tsn: number, writer: PacketWriter, now: number): void {
    const { wanted, ssn16 } = part.message;
    const at = writer.add(CHUNK.DATA, part.flags, DATA_BODY_BYTES + part.length);
    const { bytes } = writer;
    writeU32(bytes, at, tsn);
    writeU16(bytes, at + 4, wanted.streamId);
    writeU16(bytes, at + 6, ssn16);
    writeU32(bytes, at + 8, wanted.ppid);
    bytes.set(wanted.bytes.subarray(part.offset, part.offset + part.length), at + DATA_BODY_BYTES);
    this.#lastSentMs = now;
    if (this.#t3AtMs === NEVER) this.#t3AtMs = now + this.#rto.ms;
  }
}

function fits(bytes: number, writer: PacketWriter): boolean {
  return padded(DATA_HEADER_BYTES + bytes) <= writer.room;
}
