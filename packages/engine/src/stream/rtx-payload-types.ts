/** Which payload type repeats which, as `a=fmtp:97 apt=96` says (RFC 4588 §8.1). */
export class RtxPayloadTypes {
  readonly #originalOf = new Int8Array(128).fill(-1);
  readonly #rtxOf = new Int8Array(128).fill(-1);

  /** Both from 0 to 127. */
  set(rtx: number, original: number): void {
    this.#originalOf[rtx] = original;
    this.#rtxOf[original] = rtx;
  }

  /** What the packets of `rtx` were before; -1 when it is no retransmission. */
  originalOf(rtx: number): number {
    return this.#originalOf[rtx]!;
  }

  /** What to send packets of `original` again by; -1 when they can only be repeated as they were. */
  rtxOf(original: number): number {
    return this.#rtxOf[original]!;
  }
}
