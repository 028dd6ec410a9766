/**
 * Reads bits from the highest down. Past the end it gives zeros and says so by `isOver`, so that a caller looks once, at
 * the end. One object can begin again and again.
 */
export class BitReader {
  #bytes: Uint8Array = new Uint8Array(0);
  /** In bits. */
  #at = 0;
  #end = 0;

  begin(bytes: Uint8Array, at: number, length: number): void {
    this.#bytes = bytes;
    this.#at = 8 * at;
    this.#end = 8 * (at + length);
  }

  /** Whether more was read than there is. */
  get isOver(): boolean {
    return this.#at > this.#end;
  }

  /** How many bits were read since the beginning of `bytes`. */
  get position(): number {
    return this.#at;
  }

  bit(): number {
    const at = this.#at++;
    return at < this.#end ? (this.#bytes[at >>> 3]! >>> (7 - (at & 7))) & 1 : 0;
  }

  /** The next `count` bits as a number, at most 31. */
  bits(count: number): number {
    let value = 0;
    for (let ix = 0; ix < count; ix++) value = (value << 1) | this.bit();
    return value;
  }

  /** A number below `limit`, from 1, in as few bits as that needs (AV1 §4.10.7, ns(n)). */
  below(limit: number): number {
    let width = 0;
    for (let rest = limit; rest > 0; rest >>>= 1) width++;
    const short = 2 ** width - limit;
    const value = this.bits(width - 1);
    return value < short ? value : value * 2 - short + this.bit();
  }
}
