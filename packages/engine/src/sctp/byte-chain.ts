import { BLOCK_BYTES, type BlockPool } from './block-pool.js';

/** A piece of memory, filled up to `length`. */
interface Stretch {
  bytes: Uint8Array;
  length: number;
  next: Stretch | null;
}

/**
 * Bytes that grow at their end, and that others can be hung behind, without being moved: so what comes in many pieces takes
 * few buffers, whatever order it comes in. Takes at most three times as much memory as there are bytes: every piece but the last
 * is at least half full, and the last no longer than all before it or than what is in it.
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
    this.#hang(behind.#first, behind.#last);
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
      this.#giveBack(stretch.bytes);
    }
  }

  #giveBack(bytes: Uint8Array): void {
    if (bytes.length === BLOCK_BYTES) this.#pool.give(bytes);
  }

  /** The last piece will not be filled any more: one that is mostly empty is made as small as what is in it. */
  #hang(first: Stretch, last: Stretch): void {
    const before = this.#last;
    const { bytes, length } = before;
    if (2 * length < bytes.length) {
      before.bytes = bytes.slice(0, length);
      this.#giveBack(bytes);
    }
    before.next = first;
    this.#last = last;
  }

  /** Twice as much each time, as long as that is less than a block. */
  #grow(length: number): Stretch {
    const bytes =
      this.#length >= BLOCK_BYTES && length <= BLOCK_BYTES
        ? this.#pool.take()
        : new Uint8Array(Math.max(length, Math.min(this.#length, BLOCK_BYTES)));
    const next: Stretch = { bytes, length: 0, next: null };
    this.#hang(next, next);
    return next;
  }
}
