/** Bytes of a block. */
export const BLOCK_BYTES = 8_192;
/** More of them are left to the garbage collector. */
const MOST_FREE = 128;

/**
 * Blocks of memory that are used again: what would be made and thrown away with every message costs the garbage collector
 * more than all else that is done with it. One pool serves all associations of a thread, and keeps 1 MiB at most.
 */
export class BlockPool {
  readonly #free: Uint8Array[] = [];

  /** A block; what is in it is left from before. */
  take(): Uint8Array {
    return this.#free.pop() ?? new Uint8Array(BLOCK_BYTES);
  }

  /** It is not used any more. */
  give(block: Uint8Array): void {
    if (this.#free.length < MOST_FREE) this.#free.push(block);
  }
}
