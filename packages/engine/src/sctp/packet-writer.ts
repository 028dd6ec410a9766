import { writeU16, writeU32 } from '../bytes/index.js';
import { CHUNK_HEADER_BYTES, COMMON_HEADER_BYTES, MOST_PACKET_BYTES, padded } from './chunk.js';
import { needsSum, packetSum } from './packet-reader.js';

/** Where packets are written to, one after the other. */
export interface PacketOut {
  readonly bytes: Uint8Array;
  /** Where a packet of `MOST_PACKET_BYTES` may be written; -1 when there is no room for one now. */
  begin(): number;
  /** It has been written, and has this length. */
  end(length: number): void;
}

/** What stands in the header of each packet of an association. */
export interface PacketHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** Writes one packet at a time, chunk by chunk. */
export class PacketWriter {
  readonly #header: PacketHeader;
  #out: PacketOut | null = null;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;

  constructor(header: PacketHeader) {
    this.#header = header;
  }

  /** Begins a packet; false when there is no room for one. */
  begin(out: PacketOut, tag: number): boolean {
    const at = out.begin();
    if (at < 0) return false;
    this.#out = out;
    this.#bytes = out.bytes;
    this.#at = at;
    this.#end = at + COMMON_HEADER_BYTES;
    writeU16(this.#bytes, at, this.#header.sourcePort);
    writeU16(this.#bytes, at + 2, this.#header.destinationPort);
    writeU32(this.#bytes, at + 4, tag);
    writeU32(this.#bytes, at + 8, 0);
    return true;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get isOpen(): boolean {
    return this.#out !== null;
  }

  get isEmpty(): boolean {
    return this.#end === this.#at + COMMON_HEADER_BYTES;
  }

  /** Bytes that a chunk, with its header, may have. */
  get room(): number {
    return this.#at + MOST_PACKET_BYTES - this.#end;
  }

  /** Adds a chunk of `bodyBytes`, and gives where its body is to be written. The caller has looked at `room`. */
  add(type: number, flags: number, bodyBytes: number): number {
    const [bytes, at] = [this.#bytes, this.#end];
    const length = CHUNK_HEADER_BYTES + bodyBytes;
    bytes[at] = type;
    bytes[at + 1] = flags;
    writeU16(bytes, at + 2, length);
    this.#end = at + padded(length);
    for (let ix = at + length; ix < this.#end; ix++) bytes[ix] = 0;
    return at + CHUNK_HEADER_BYTES;
  }

  /** Ends the packet; one without chunks is not sent. `sum`: the other side wants a CRC32c in every packet. */
  finish(sum: boolean): void {
    const length = this.#end - this.#at;
    if (!this.isEmpty) {
      if (sum || needsSum(this.#bytes[this.#at + COMMON_HEADER_BYTES]!)) this.#writeSum(length);
      this.#out!.end(length);
    }
    this.#out = null;
  }

  /** Least significant byte first (RFC 9260 appendix A). */
  #writeSum(length: number): void {
    const [bytes, at] = [this.#bytes, this.#at + 8];
    const sum = packetSum(bytes, this.#at, length);
    bytes[at] = sum;
    bytes[at + 1] = sum >>> 8;
    bytes[at + 2] = sum >>> 16;
    bytes[at + 3] = sum >>> 24;
  }
}
