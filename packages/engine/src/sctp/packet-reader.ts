import { readU16, readU32 } from '../bytes/index.js';
import { CHUNK, CHUNK_HEADER_BYTES, COMMON_HEADER_BYTES, padded } from './chunk.js';
import { crc32c } from './crc32c.js';

const NO_SUM = Uint8Array.of(0, 0, 0, 0);

/** Why a packet was not read. */
export type PacketFault = 'malformed' | 'checksum';

/**
 * ```
 * 0               2               4               8              12
 * +---------------+---------------+---------------+---------------+- - -
 * |  source port  |   dest. port  | verific. tag  |    CRC32c     | chunks
 * +---------------+---------------+---------------+---------------+- - -
 * chunk:  | type (1) | flags (1) | length (2), without padding | body | to a multiple of 4
 * ```
 *
 * Goes through the chunks of a packet (RFC 9260 §3). A packet of which one chunk has no right length is not read at all.
 * Allocates nothing.
 */
export class PacketReader {
  bytes: Uint8Array = NO_SUM;
  sourcePort = 0;
  destinationPort = 0;
  tag = 0;
  /** Of the current chunk; its body lies between `bodyAt` and `bodyEnd`, without padding. */
  type = 0;
  flags = 0;
  bodyAt = 0;
  bodyEnd = 0;
  /** How many chunks there are. */
  chunks = 0;
  #next = 0;
  #end = 0;

  /** Null when it can be read. `zeroSum`: a sum of zero is as good as the right one (RFC 9653). */
  start(bytes: Uint8Array, at: number, length: number, zeroSum: boolean): PacketFault | null {
    if (length < COMMON_HEADER_BYTES + CHUNK_HEADER_BYTES) return 'malformed';
    this.bytes = bytes;
    this.#end = at + length;
    this.#next = at + COMMON_HEADER_BYTES;
    this.sourcePort = readU16(bytes, at);
    this.destinationPort = readU16(bytes, at + 2);
    this.tag = readU32(bytes, at + 4);
    if (!this.#areWhole()) return 'malformed';
    // Where it is agreed on, too, not of one that sets a connection up.
    const sum = readLittle(bytes, at + 8);
    if (sum === 0 && zeroSum && !needsSum(bytes[this.#next]!)) return null;
    return sum === packetSum(bytes, at, length) ? null : 'checksum';
  }

  /** Goes to the next chunk; false behind the last. */
  next(): boolean {
    const at = this.#next;
    if (at >= this.#end) return false;
    const length = readU16(this.bytes, at + 2);
    this.type = this.bytes[at]!;
    this.flags = this.bytes[at + 1]!;
    this.bodyAt = at + CHUNK_HEADER_BYTES;
    this.bodyEnd = at + length;
    this.#next = at + padded(length);
    return true;
  }

  get bodyBytes(): number {
    return this.bodyEnd - this.bodyAt;
  }

  /** The last chunk may come without its padding. */
  #areWhole(): boolean {
    this.chunks = 0;
    let at = this.#next;
    while (at < this.#end) {
      if (this.#end - at < CHUNK_HEADER_BYTES) return false;
      const length = readU16(this.bytes, at + 2);
      if (length < CHUNK_HEADER_BYTES || at + length > this.#end) return false;
      at += padded(length);
      this.chunks++;
    }
    return true;
  }
}

/** The sum over a packet, its own place taken as zeros. */
export function packetSum(bytes: Uint8Array, at: number, length: number): number {
  const front = crc32c(NO_SUM, 0, 4, crc32c(bytes, at, 8));
  return crc32c(bytes, at + COMMON_HEADER_BYTES, length - COMMON_HEADER_BYTES, front);
}

/** RFC 9653 §5.2. */
export function needsSum(chunkType: number): boolean {
  return chunkType === CHUNK.INIT || chunkType === CHUNK.COOKIE_ECHO;
}

function readLittle(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
