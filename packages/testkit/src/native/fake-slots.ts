import type { SlotHolder } from '@madang/native';

type State = 'free' | 'in-batch' | 'held';

/** Slots of a fake plane, which knows of each what it is used for. */
export class FakeSlots implements SlotHolder {
  readonly #states: State[];
  readonly #free: number[];
  readonly slab: Uint8Array;
  readonly #slotBytes: number;

  constructor(slots: number, slotBytes: number) {
    this.#states = Array<State>(slots).fill('free');
    this.#free = Array.from({ length: slots }, (_, ix) => slots - 1 - ix);
    this.slab = new Uint8Array(slots * slotBytes);
    this.#slotBytes = slotBytes;
  }

  get freeSlots(): number {
    return this.#free.length;
  }

  hold(slot: number): void {
    if (this.#states[slot] !== 'in-batch') throw new Error(`slot ${slot} can't be held`);
    this.#states[slot] = 'held';
  }

  release(slot: number): void {
    if (this.#states[slot] !== 'held') throw new Error(`slot ${slot} is not held`);
    this.#giveBack(slot);
  }

  /** Puts a datagram into a free slot; -1 when there is none. */
  take(bytes: Uint8Array): number {
    const slot = this.#free.pop();
    if (slot === undefined) return -1;
    this.#states[slot] = 'in-batch';
    this.slab.set(bytes, slot * this.#slotBytes);
    return slot;
  }

  endBatch(slot: number): void {
    if (this.#states[slot] === 'in-batch') this.#giveBack(slot);
  }

  /** The bytes of a slot that is in use, null when any of them lies outside. */
  read(slot: number, offset: number, length: number): Uint8Array | null {
    if ((this.#states[slot] ?? 'free') === 'free' || offset + length > this.#slotBytes) return null;
    const begin = slot * this.#slotBytes + offset;
    return this.slab.subarray(begin, begin + length);
  }

  #giveBack(slot: number): void {
    this.#states[slot] = 'free';
    this.#free.push(slot);
  }
}
