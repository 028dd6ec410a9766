/**
 * The last `capacity` items, oldest first. Its memory grows with what it holds, by doubling up to the capacity.
 *
 * Cost: `push`, `shift` and `at` in O(1), amortised.
 */
export class Ring<T> {
  readonly capacity: number;
  #slots: (T | undefined)[] = [];
  #head = 0;
  #size = 0;

  /** `capacity` is a whole number from 1. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`a ring cannot hold ${capacity} items`);
    this.capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds the newest item. A full ring gives its oldest up and returns it. */
  push(item: T): T | undefined {
    const evicted = this.#size === this.capacity ? this.shift() : undefined;
    if (this.#size === this.#slots.length) this.#grow();
    this.#slots[this.#slot(this.#size)] = item;
    this.#size++;
    return evicted;
  }

  /** Takes out the oldest item. */
  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#head = this.#slot(1);
    this.#size--;
    return item;
  }

  /** The item at `ix` counted from the oldest, 0 first; undefined outside. */
  at(ix: number): T | undefined {
    return ix >= 0 && ix < this.#size ? this.#slots[this.#slot(ix)] : undefined;
  }

  /** A copy of the items from `ix` (counted from the oldest) to the newest. */
  slice(ix = 0): T[] {
    const items: T[] = [];
    for (let at = Math.max(0, ix); at < this.#size; at++) items.push(this.#slots[this.#slot(at)] as T);
    return items;
  }

  clear(): void {
    this.#slots = [];
    this.#head = 0;
    this.#size = 0;
  }

  #slot(ix: number): number {
    const slot = this.#head + ix;
    return slot < this.#slots.length ? slot : slot - this.#slots.length;
  }

  #grow(): void {
    const items: (T | undefined)[] = this.slice();
    const length = Math.min(this.capacity, Math.max(4, items.length * 2));
    while (items.length < length) items.push(undefined);
    this.#slots = items;
    this.#head = 0;
  }
}
