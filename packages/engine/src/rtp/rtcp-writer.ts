import { writeU16, writeU32 } from '../bytes/index.js';
import { RTCP_HEADER_BYTES } from './rtcp-code.js';

/**
 * Writes a compound RTCP packet into bytes of the caller's, such as the inline area of a transmit table: `begin` once, then
 * the writers beside it one after the other. One that finds no room writes nothing and says false. Never allocates.
 */
export class RtcpWriter {
  bytes: Uint8Array = new Uint8Array(0);
  #from = 0;
  #at = 0;
  #end = 0;
  #packetAt = 0;

  /** From `at` of `bytes`, at most `capacity` bytes. */
  begin(bytes: Uint8Array, at: number, capacity: number): this {
    this.bytes = bytes;
    this.#from = at;
    this.#at = at;
    this.#end = Math.min(bytes.length, at + capacity);
    this.#packetAt = at;
    return this;
  }

  /** How many bytes were written: always a multiple of four. */
  get length(): number {
    return this.#at - this.#from;
  }

  /** How many more can be written. */
  get room(): number {
    return this.#end - this.#at;
  }

  /**
   * Begins a packet of `bodyBytes`, a multiple of four, behind the header, and returns where they go; -1 when there is no
   * room. What stands there is whatever stood there before.
   */
  open(type: number, count: number, bodyBytes: number): number {
    const bodyAt = this.#at + RTCP_HEADER_BYTES;
    if (bodyAt + bodyBytes > this.#end) return -1;
    this.#packetAt = this.#at;
    this.bytes[this.#at] = 0x80 | count;
    this.bytes[this.#at + 1] = type;
    this.#at = bodyAt + bodyBytes;
    this.#writeLength();
    return bodyAt;
  }

  /** Adds a block of `blockBytes` to the packet begun last, counts it there, and returns where it goes; -1 as `open`. */
  addBlock(blockBytes: number): number {
    const count = this.bytes[this.#packetAt]! & 0x1f;
    const blockAt = this.#at;
    if (blockAt + blockBytes > this.#end || count === 31) return -1;
    this.bytes[this.#packetAt] = 0x80 | (count + 1);
    this.#at += blockBytes;
    this.#writeLength();
    return blockAt;
  }

  /** Begins a feedback packet (RFC 4585 §6.1) with its two SSRCs, and returns where the `infoBytes` go; -1 as `open`. */
  openFeedback(type: number, format: number, senderSsrc: number, mediaSsrc: number, infoBytes: number): number {
    const bodyAt = this.open(type, format, 8 + infoBytes);
    if (bodyAt < 0) return -1;
    writeU32(this.bytes, bodyAt, senderSsrc);
    writeU32(this.bytes, bodyAt + 4, mediaSsrc);
    return bodyAt + 8;
  }

  #writeLength(): void {
    writeU16(this.bytes, this.#packetAt + 2, (this.#at - this.#packetAt - RTCP_HEADER_BYTES) / 4);
  }
}
