import { readU16, readU32 } from '../bytes/index.js';
import { RTCP, RTCP_HEADER_BYTES, TRANSPORT_FEEDBACK_FORMAT } from './rtcp-code.js';

const NOTHING = new Uint8Array(0);

/**
 * Walks over the packets of a compound RTCP packet. Each begins so (RFC 3550 §6.4.1):
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |V=2|P|  count  |      type     |  32-bit words that follow     |
 *
 * One object walks again and again; it never allocates and never throws. The readers beside it take it as their place.
 */
export class RtcpCursor {
  /** One of `RTCP`, or another number. */
  type = 0;
  /** How many blocks, or which format of feedback: from 0 to 31. */
  count = 0;
  /** Where the packet begins. */
  at = 0;
  /** Where it ends, without padding. */
  end = 0;
  bytes: Uint8Array = NOTHING;
  #next = 0;
  #stop = 0;

  /**
   * Stands before the first packet of a compound of `length` bytes at `at`. False when the packets do not fill it exactly,
   * one is of another version, or one but the last is padded (RFC 3550 A.2), unless it is transport-wide feedback. What comes
   * first is not asked: it may be a feedback alone (RFC 5506 §3.4.2).
   */
  start(bytes: Uint8Array, at: number, length: number): boolean {
    this.bytes = bytes;
    this.#next = at;
    this.#stop = at + length;
    if (isCompound(bytes, at, this.#stop)) return true;
    this.#stop = at;
    return false;
  }

  /** Goes to the next packet; false after the last. */
  next(): boolean {
    if (this.#next >= this.#stop) return false;
    const { bytes } = this;
    this.at = this.#next;
    this.count = bytes[this.at]! & 0x1f;
    this.type = bytes[this.at + 1]!;
    this.#next = this.at + packetBytes(bytes, this.at);
    this.end = this.#next - ((bytes[this.at]! & 0x20) === 0 ? 0 : bytes[this.#next - 1]!);
    return true;
  }

  /** How many bytes the packet has without padding, its header included. */
  get length(): number {
    return this.end - this.at;
  }

  /** The SSRC that follows the header in all types used here; 0 when the packet is too short for one. */
  get senderSsrc(): number {
    return this.length >= 8 ? readU32(this.bytes, this.at + 4) : 0;
  }

  /** The SSRC of the stream that feedback speaks of (RFC 4585 §6.1); 0 when the packet is too short for one. */
  get mediaSsrc(): number {
    return this.length >= 12 ? readU32(this.bytes, this.at + 8) : 0;
  }
}

function packetBytes(bytes: Uint8Array, at: number): number {
  return RTCP_HEADER_BYTES + 4 * readU16(bytes, at + 2);
}

function isCompound(bytes: Uint8Array, from: number, stop: number): boolean {
  let at = from;
  while (at + RTCP_HEADER_BYTES <= stop) {
    if (bytes[at]! >>> 6 !== 2) return false;
    const next = at + packetBytes(bytes, at);
    if (next > stop) return false;
    if ((bytes[at]! & 0x20) !== 0 && !isPadded(bytes, at, next, next === stop)) return false;
    at = next;
  }
  return at === stop && stop > from;
}

/**
 * Whether the last byte tells a padding that can be: behind the header, in the last packet, and in whole words (RFC 3550
 * §6.4.1). Transport-wide feedback has it up to the next word, wherever it stands
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1).
 */
function isPadded(bytes: Uint8Array, at: number, end: number, isLast: boolean): boolean {
  const padding = bytes[end - 1]!;
  if (padding === 0 || padding > end - at - RTCP_HEADER_BYTES) return false;
  return isTransportWide(bytes, at) || (isLast && padding % 4 === 0);
}

function isTransportWide(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === RTCP.TRANSPORT_FEEDBACK && (bytes[at]! & 0x1f) === TRANSPORT_FEEDBACK_FORMAT.TRANSPORT_WIDE;
}
