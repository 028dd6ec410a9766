import { readU16, readU32 } from '../bytes/index.js';
import { DATA_FLAG } from './chunk.js';

const HEADER_BYTES = 12;

/**
 * ```
 * | TSN (4) | stream (2) | number in the stream (2) | payload protocol (4) | bytes |
 * ```
 *
 * The body of a DATA chunk (RFC 9260 §3.3.1), read where it stands: its bytes are `length` ones of `bytes` from `at` on,
 * and as long there as the packet is.
 */
export class InboundData {
  tsn32 = 0;
  streamId = 0;
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  length = 0;
  #flags = 0;

  /** False when the chunk is too short. */
  read(bytes: Uint8Array, flags: number, at: number, end: number): boolean {
    if (end - at < HEADER_BYTES) return false;
    this.bytes = bytes;
    this.at = at + HEADER_BYTES;
    this.length = end - this.at;
    this.#flags = flags;
    this.tsn32 = readU32(bytes, at);
    this.streamId = readU16(bytes, at + 4);
    return true;
  }

  /** Of the message in its stream. */
  get ssn16(): number {
    return readU16(this.bytes, this.at - 6);
  }

  get ppid(): number {
    return readU32(this.bytes, this.at - 4);
  }

  get isImmediate(): boolean {
    return (this.#flags & DATA_FLAG.IMMEDIATE) !== 0;
  }

  get isOrdered(): boolean {
    return (this.#flags & DATA_FLAG.UNORDERED) === 0;
  }

  /** It is the first part of its message, or the only one. */
  get begins(): boolean {
    return (this.#flags & DATA_FLAG.BEGIN) !== 0;
  }

  get ends(): boolean {
    return (this.#flags & DATA_FLAG.END) !== 0;
  }
}
