import { BLOCK_BYTES, type BlockPool } from './block-pool.js';

/** A piece of memory, filled up to `length`. */
interface Stretch {
  readonly bytes: Uint8Array;
  length: number;
  next: Stretch | null;
}

/**
 * Bytes that grow at their end, and that others can be hung behind, without being moved: so what comes in many pieces takes
 * few buffers, whatever order it comes in. Takes less than three times as much memory as there are bytes.
 */
export class ByteChain {
  readonly #pool: BlockPool;
  readonly #first: Stretch;
  #last: Stretch;
  #length: number;

  /** A copy of `length` bytes from `at` on. */
  constructor(pool: BlockPool, bytes: Uint8Array, at: number, length: number) {
    this.#pool = pool;
    this.#first = { bytes: bytes.slice(at, at + length), length, next: null };
    this.#last = this.#first;
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  /** Copies `length` bytes from `at` on to the end. */
  append(bytes: Uint8Array, at: number, length: number): void {
    const last = this.#last.length + length <= this.#last.bytes.length ? this.#last : this.#grow(length);
    last.bytes.set(bytes.subarray(at, at + length), last.length);
    last.length += length;
    this.#length += length;
  }

  /** Hangs another chain of the same pool behind this one. The other one must not be used any more. */
  join(behind: ByteChain): void {
    this.#last.next = behind.#first;
    this.#last = behind.#last;
    this.#length += behind.#length;
  }

  /** All bytes, in an array of their own. The chain must not be used any more. */
  take(): Uint8Array {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (let stretch: Stretch | null = this.#first; stretch !== null; stretch = stretch.next) {
      const { bytes, length } = stretch;
      whole.set(length === bytes.length ? bytes : bytes.subarray(0, length), at);
      at += length;
    }
    this.drop();
    return whole;
  }

  /** The chain is not needed, and must not be used any more. */
  drop(): void {
    for (let stretch: Stretch | null = this.#first; stretch !== null; stretch = stretch.next) {
      if (stretch.bytes.length === BLOCK_BYTES) this.#pool.give(stretch.bytes);
    }
  }

  /** Twice as much each time, as long as that is less than a block. */
  #grow(length: number): Stretch {
    const bytes =
      this.#length >= BLOCK_BYTES && length <= BLOCK_BYTES
        ? this.#pool.take()
        : new Uint8Array(Math.max(length, Math.min(this.#length, BLOCK_BYTES)));
    const next: Stretch = { bytes, length: 0, next: null };
    this.#last.next = next;
    this.#last = next;
    return next;
  }
}
