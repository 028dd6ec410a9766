/** Bytes of the length in front of each frame (RFC 4571 §2). */
export const FRAME_HEADER_BYTES = 2;

/**
 * Takes a byte stream apart into its datagrams (RFC 4571 §2, as ICE-TCP uses it: RFC 6544 §3): two bytes of length, then so
 * many bytes. Bytes are copied only where a datagram is spread over several chunks.
 */
export class FrameSplitter {
  readonly #partial: Uint8Array;
  #held = 0;
  #broken = false;

  /** `mostBytes`: of a datagram; what is longer breaks the stream, and no more than this is ever held. */
  constructor(mostBytes: number) {
    this.#partial = new Uint8Array(FRAME_HEADER_BYTES + mostBytes);
  }

  /** Bytes of a datagram that has not come whole. */
  get heldBytes(): number {
    return this.#held;
  }

  /**
   * Calls `each` with the place of every datagram that `chunk` completes, good until the call returns; empty ones are left
   * out. False when a frame is too long: there is no finding back into the stream, close it.
   */
  push(chunk: Uint8Array, each: (bytes: Uint8Array, at: number, length: number) => void): boolean {
    let at = 0;
    while (!this.#broken && at < chunk.length) {
      if (this.#held === 0 && chunk.length - at >= FRAME_HEADER_BYTES) {
        const length = (chunk[at]! << 8) | chunk[at + 1]!;
        const begin = at + FRAME_HEADER_BYTES;
        if (!this.#fits(length)) break;
        if (chunk.length - begin >= length) {
          if (length > 0) each(chunk, begin, length);
          at = begin + length;
          continue;
        }
      }
      at += this.#hold(chunk, at);
      if (this.#isWhole()) this.#release(each);
    }
    return !this.#broken;
  }

  /** Takes what is missing of the header, and then of the datagram; how many bytes that was. */
  #hold(chunk: Uint8Array, at: number): number {
    const wanted = this.#held < FRAME_HEADER_BYTES ? FRAME_HEADER_BYTES : FRAME_HEADER_BYTES + this.#length();
    const taken = Math.min(wanted - this.#held, chunk.length - at);
    this.#partial.set(chunk.subarray(at, at + taken), this.#held);
    this.#held += taken;
    if (this.#held === FRAME_HEADER_BYTES) this.#fits(this.#length());
    return taken;
  }

  #isWhole(): boolean {
    return !this.#broken && this.#held >= FRAME_HEADER_BYTES && this.#held === FRAME_HEADER_BYTES + this.#length();
  }

  #release(each: (bytes: Uint8Array, at: number, length: number) => void): void {
    const length = this.#length();
    this.#held = 0;
    if (length > 0) each(this.#partial, FRAME_HEADER_BYTES, length);
  }

  #length(): number {
    return (this.#partial[0]! << 8) | this.#partial[1]!;
  }

  #fits(length: number): boolean {
    if (FRAME_HEADER_BYTES + length > this.#partial.length) this.#broken = true;
    return !this.#broken;
  }
}

/** A datagram with its length in front. */
export function frame(datagram: Uint8Array): Uint8Array {
  const framed = new Uint8Array(FRAME_HEADER_BYTES + datagram.length);
  framed[0] = datagram.length >>> 8;
  framed[1] = datagram.length;
  framed.set(datagram, FRAME_HEADER_BYTES);
  return framed;
}
