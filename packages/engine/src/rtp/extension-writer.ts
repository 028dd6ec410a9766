import { writeU16 } from '../bytes/index.js';

/** Which of the two forms of RFC 8285 a block of elements has. */
export type ExtensionForm = 'one-byte' | 'two-byte';

/**
 * Writes header extension elements one behind the other into bytes of the caller's, as the column `EXTRA` of a transmit
 * row wants them. One object can be begun again and again; it never allocates.
 */
export class ExtensionWriter {
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;
  #at = 0;
  #end = 0;
  #isTwoByte = false;

  /** From `at` of `bytes`, at most `capacity` bytes. */
  begin(bytes: Uint8Array, at: number, capacity: number, form: ExtensionForm): this {
    this.#bytes = bytes;
    this.#from = at;
    this.#at = at;
    this.#end = Math.min(bytes.length, at + capacity);
    this.#isTwoByte = form === 'two-byte';
    return this;
  }

  /** How many bytes were written. */
  get length(): number {
    return this.#at - this.#from;
  }

  /**
   * Makes an element and returns where its `length` bytes of data go. -1, and nothing is written, when there is no room or
   * the form can't say it: `id` from 1 to 14 and 1 to 16 bytes in the one, `id` to 255 and 0 to 255 bytes in the other.
   */
  open(id: number, length: number): number {
    if (!this.#canSay(id, length)) return -1;
    const dataAt = this.#at + (this.#isTwoByte ? 2 : 1);
    if (dataAt + length > this.#end) return -1;
    this.#bytes[this.#at] = this.#isTwoByte ? id : (id << 4) | (length - 1);
    if (this.#isTwoByte) this.#bytes[this.#at + 1] = length;
    this.#at = dataAt + length;
    return dataAt;
  }

  /** An element with a copy of `length` bytes from `sourceAt` of `source`; false as `open` says -1. */
  copy(id: number, source: Uint8Array, sourceAt: number, length: number): boolean {
    const at = this.open(id, length);
    if (at < 0) return false;
    for (let ix = 0; ix < length; ix++) this.#bytes[at + ix] = source[sourceAt + ix]!;
    return true;
  }

  addU8(id: number, value: number): boolean {
    const at = this.open(id, 1);
    if (at >= 0) this.#bytes[at] = value;
    return at >= 0;
  }

  addU16(id: number, value: number): boolean {
    const at = this.open(id, 2);
    if (at >= 0) writeU16(this.#bytes, at, value);
    return at >= 0;
  }

  #canSay(id: number, length: number): boolean {
    if (this.#isTwoByte) return id >= 1 && id <= 255 && length >= 0 && length <= 255;
    return id >= 1 && id <= 14 && length >= 1 && length <= 16;
  }
}
