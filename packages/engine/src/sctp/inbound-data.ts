import { readU16, readU32 } from '../bytes/index.js';
import { DATA_FLAG } from './chunk.js';

const HEADER_BYTES = 12;

/** A part of a message as it came: its bytes are a copy. `tsn` goes on past 2^32. */
export interface InboundPart {
  readonly tsn: number;
  readonly streamId: number;
  readonly ssn16: number;
  readonly ppid: number;
  readonly isOrdered: boolean;
  readonly begins: boolean;
  readonly ends: boolean;
  readonly bytes: Uint8Array;
}

/**
 * ```
 * | TSN (4) | stream (2) | number in the stream (2) | payload protocol (4) | bytes |
 * ```
 *
 * The head of a DATA chunk's body (RFC 9260 §3.3.1), read without looking at the bytes.
 */
export class InboundData {
  tsn32 = 0;
  streamId = 0;
  length = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #flags = 0;

  /** False when the chunk is too short. */
  read(bytes: Uint8Array, flags: number, at: number, end: number): boolean {
    if (end - at < HEADER_BYTES) return false;
    this.#bytes = bytes;
    this.#at = at;
    this.#flags = flags;
    this.tsn32 = readU32(bytes, at);
    this.streamId = readU16(bytes, at + 4);
    this.length = end - at - HEADER_BYTES;
    return true;
  }

  get isImmediate(): boolean {
    return (this.#flags & DATA_FLAG.IMMEDIATE) !== 0;
  }

  /** Copies what was read. */
  part(tsn: number): InboundPart {
    const [bytes, at, flags] = [this.#bytes, this.#at, this.#flags];
    return {
      tsn,
      streamId: this.streamId,
      ssn16: readU16(bytes, at + 6),
      ppid: readU32(bytes, at + 8),
      isOrdered: (flags & DATA_FLAG.UNORDERED) === 0,
      begins: (flags & DATA_FLAG.BEGIN) !== 0,
      ends: (flags & DATA_FLAG.END) !== 0,
      bytes: bytes.slice(at + HEADER_BYTES, at + HEADER_BYTES + this.length),
    };
  }
}
