import type { SlotHolder } from './media-plane.js';
import type { RawMemory } from './raw-plane.js';

/** Holds slots by writing into memory that the addon reads after each batch and before the next. */
export class SlotList implements SlotHolder {
  readonly #held: Uint8Array;
  readonly #returned: Int32Array;

  constructor({ buffer, heldAt, returnedAt }: RawMemory, slots: number) {
    this.#held = new Uint8Array(buffer, heldAt, slots);
    this.#returned = new Int32Array(buffer, returnedAt, slots + 1);
  }

  hold(slot: number): void {
    if (this.#held[slot] !== 0) throw new Error(`slot ${slot} can't be held`);
    this.#held[slot] = 1;
  }

  release(slot: number): void {
    if (this.#held[slot] !== 1) throw new Error(`slot ${slot} is not held`);
    // 2: returned, and not yet taken back.
    this.#held[slot] = 2;
    const count = (this.#returned[0] ?? 0) + 1;
    this.#returned[count] = slot;
    this.#returned[0] = count;
  }
}
