import { readU16, readU24, writeU16, writeU24 } from '../bytes/index.js';
import { chunkAt, LARGE_DELTA, NO_DELTA, readChunks, SMALL_DELTA, symbolOf } from './feedback-chunks.js';
import { RTCP, TRANSPORT_FEEDBACK_FORMAT } from './rtcp-code.js';
import type { RtcpCursor } from './rtcp-cursor.js';
import type { RtcpWriter } from './rtcp-writer.js';

/** In the column `arrivalTicks`: the packet did not arrive. */
export const NOT_ARRIVED = -0x8000_0000;

/** Microseconds of one tick of `arrivalTicks`. */
export const TICK_US = 250;

/** Ticks of one unit of `reference24`: 64 ms. */
export const REFERENCE_TICKS = 256;

const INFO_AT = 12;
const FIXED_BYTES = 8;

/**
 * Which packets of a connection arrived, and when, by their transport-wide sequence numbers
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1):
 *
 *     |      base sequence number     |      packet status count      |
 *     |                 reference time                | fb pkt. count |
 *     |          packet chunk         |              …                |
 *     |   recv delta  | …                                             |
 *
 * One object is read into, or filled and written, again and again.
 */
export class TransportFeedback {
  baseSeq16 = 0;
  /** How many packets it speaks of: `baseSeq16` and those after it. */
  count = 0;
  /** Units of 64 ms, 24 bits, which wrap. */
  reference24 = 0;
  /** Goes up with each feedback, 8 bits. */
  feedbackSeq8 = 0;
  /** For each packet, ticks of 250 µs since the reference, or `NOT_ARRIVED`. */
  readonly arrivalTicks: Int32Array;
  readonly #symbols: Uint8Array;

  /** `capacity`: how many packets one may speak of, at most 65,535. */
  constructor(capacity: number) {
    this.arrivalTicks = new Int32Array(capacity);
    this.#symbols = new Uint8Array(capacity);
  }

  /**
   * Reads the feedback that `cursor` stands at. False when it is cut short, speaks of more packets than there is room
   * for, or uses the reserved symbol. Never allocates.
   */
  read(cursor: RtcpCursor): boolean {
    const { bytes, end } = cursor;
    const at = cursor.at + INFO_AT;
    if (at + FIXED_BYTES > end) return false;
    this.baseSeq16 = readU16(bytes, at);
    this.count = readU16(bytes, at + 2);
    this.reference24 = readU24(bytes, at + 4);
    this.feedbackSeq8 = bytes[at + 7]!;
    if (this.count > this.arrivalTicks.length) return false;
    const deltasAt = readChunks(bytes, at + FIXED_BYTES, end, this.#symbols, this.count);
    return deltasAt >= 0 && this.#readDeltas(bytes, deltasAt, end);
  }

  #readDeltas(bytes: Uint8Array, from: number, end: number): boolean {
    let at = from;
    let ticks = 0;
    for (let ix = 0; ix < this.count; ix++) {
      const size = this.#symbols[ix]!;
      if (at + size > end) return false;
      if (size === SMALL_DELTA) ticks += bytes[at]!;
      else if (size === LARGE_DELTA) ticks += (readU16(bytes, at) << 16) >> 16;
      this.arrivalTicks[ix] = size === NO_DELTA ? NOT_ARRIVED : ticks;
      at += size;
    }
    return true;
  }

  /**
   * Writes it. False, and nothing is written, when there is no room, or two arrivals lie too far apart for 16 bits of
   * ticks (8 seconds). The end is filled up with zeros, not with padding, so that other packets may follow.
   */
  write(writer: RtcpWriter, senderSsrc: number, mediaSsrc: number): boolean {
    const deltaBytes = this.#prepare();
    if (deltaBytes < 0) return false;
    const infoBytes = (FIXED_BYTES + 2 * this.#countChunks() + deltaBytes + 3) & ~3;
    const format = TRANSPORT_FEEDBACK_FORMAT.TRANSPORT_WIDE;
    const at = writer.openFeedback(RTCP.TRANSPORT_FEEDBACK, format, senderSsrc, mediaSsrc, infoBytes);
    if (at < 0) return false;
    const { bytes } = writer;
    writeU16(bytes, at, this.baseSeq16);
    writeU16(bytes, at + 2, this.count);
    writeU24(bytes, at + 4, this.reference24);
    bytes[at + 7] = this.feedbackSeq8;
    const end = this.#writeDeltas(bytes, this.#writeChunks(bytes, at + FIXED_BYTES));
    for (let ix = end; ix < at + infoBytes; ix++) bytes[ix] = 0;
    return true;
  }

  /** Notes the symbol of each packet and returns how many bytes the deltas take; -1 when one does not fit. */
  #prepare(): number {
    let deltaBytes = 0;
    let before = 0;
    for (let ix = 0; ix < this.count; ix++) {
      const ticks = this.arrivalTicks[ix]!;
      const symbol = ticks === NOT_ARRIVED ? NO_DELTA : symbolOf(ticks - before);
      if (symbol < 0) return -1;
      this.#symbols[ix] = symbol;
      // A symbol is as many bytes of delta.
      deltaBytes += symbol;
      if (symbol !== NO_DELTA) before = ticks;
    }
    return deltaBytes;
  }

  #countChunks(): number {
    let chunks = 0;
    for (let ix = 0; ix < this.count; chunks++) ix += chunkAt(this.#symbols, ix, this.count) >>> 16;
    return chunks;
  }

  #writeChunks(bytes: Uint8Array, from: number): number {
    let at = from;
    for (let ix = 0; ix < this.count; at += 2) {
      const chunk = chunkAt(this.#symbols, ix, this.count);
      writeU16(bytes, at, chunk);
      ix += chunk >>> 16;
    }
    return at;
  }

  #writeDeltas(bytes: Uint8Array, from: number): number {
    let at = from;
    let before = 0;
    for (let ix = 0; ix < this.count; ix++) {
      const symbol = this.#symbols[ix]!;
      if (symbol === NO_DELTA) continue;
      const ticks = this.arrivalTicks[ix]!;
      if (symbol === SMALL_DELTA) bytes[at] = ticks - before;
      else writeU16(bytes, at, ticks - before);
      at += symbol;
      before = ticks;
    }
    return at;
  }
}
