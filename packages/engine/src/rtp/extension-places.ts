import { EXTENSION_COUNT } from './extension.js';
import type { ExtensionIds } from './extension-ids.js';
import type { RtpHeader } from './rtp-header.js';

const ONE_BYTE_PROFILE = 0xbede;
/** The low four bits are the application's (RFC 8285 §4.3). */
const TWO_BYTE_PROFILE = 0x1000;
/** Ends a block of the one-byte form (RFC 8285 §4.2). */
const RESERVED_ID = 15;

/**
 * Where the header extensions of one packet stand, one column of places and one of lengths with a row for each of
 * `EXTENSION`. One object is filled again for every packet.
 */
export class ExtensionPlaces {
  readonly #at = new Int32Array(EXTENSION_COUNT).fill(-1);
  readonly #bytes = new Int32Array(EXTENSION_COUNT);

  /** Where the data of `extension`, one of `EXTENSION`, begin; -1 when the packet has none. */
  at(extension: number): number {
    return this.#at[extension]!;
  }

  /** How many bytes of data there are; meaningless when there are none. */
  lengthOf(extension: number): number {
    return this.#bytes[extension]!;
  }

  /** Says the same as another. */
  copy(from: ExtensionPlaces): void {
    for (let extension = 0; extension < EXTENSION_COUNT; extension++) {
      this.#at[extension] = from.#at[extension]!;
      this.#bytes[extension] = from.#bytes[extension]!;
    }
  }

  /**
   * Finds the elements of a packet whose header was read from `bytes`, in the one-byte or the two-byte form (RFC 8285
   * §4.2, §4.3). Of several with one number the first counts. False when an element reaches over the end of the block:
   * those before it count. Never allocates.
   */
  read(bytes: Uint8Array, header: RtpHeader, ids: ExtensionIds): boolean {
    for (let extension = 0; extension < EXTENSION_COUNT; extension++) this.#at[extension] = -1;
    if (header.extensionBytes === 0) return true;
    const end = header.extensionAt + header.extensionBytes;
    if (header.extensionProfile === ONE_BYTE_PROFILE) return this.#readOneByte(bytes, header.extensionAt, end, ids);
    if ((header.extensionProfile & 0xfff0) !== TWO_BYTE_PROFILE) return true;
    return this.#readTwoByte(bytes, header.extensionAt, end, ids);
  }

  #readOneByte(bytes: Uint8Array, from: number, end: number, ids: ExtensionIds): boolean {
    for (let at = from; at < end; ) {
      const head = bytes[at++]!;
      if (head === 0) continue;
      if (head >>> 4 === RESERVED_ID) return true;
      const length = (head & 0x0f) + 1;
      if (at + length > end) return false;
      // Number 0 with a length is no padding, but nobody's element either.
      this.#note(ids.extensionOf(head >>> 4), at, length);
      at += length;
    }
    return true;
  }

  #readTwoByte(bytes: Uint8Array, from: number, end: number, ids: ExtensionIds): boolean {
    for (let at = from; at < end; ) {
      const id = bytes[at++]!;
      if (id === 0) continue;
      if (at >= end) return false;
      const length = bytes[at++]!;
      if (at + length > end) return false;
      this.#note(ids.extensionOf(id), at, length);
      at += length;
    }
    return true;
  }

  #note(extension: number, at: number, length: number): void {
    if (extension < 0 || this.#at[extension]! >= 0) return;
    this.#at[extension] = at;
    this.#bytes[extension] = length;
  }
}
