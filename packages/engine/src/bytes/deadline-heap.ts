/** A place in a `DeadlineHeap`. Valid until it is removed or has come due; removing it again does nothing. */
export interface Deadline<T> {
  readonly value: T;
  readonly atMs: number;
}

interface Entry<T> extends Deadline<T> {
  atMs: number;
  /** Breaks ties: of two deadlines at the same time the one set first comes due first. */
  order: number;
  /** Where the entry stands in the heap; -1 when it is in none. */
  ix: number;
}

/**
 * What has to happen when, earliest first. A deadline can be moved or removed without a search.
 *
 * Cost: `add`, `move`, `remove` and `due` in O(log n); `nextAt` in O(1).
 */
export class DeadlineHeap<T> {
  readonly #entries: Entry<T>[] = [];
  #ordered = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** The time of the earliest deadline, or null when there is none. */
  nextAt(): number | null {
    return this.#entries[0]?.atMs ?? null;
  }

  add(value: T, atMs: number): Deadline<T> {
    const entry: Entry<T> = { value, atMs, order: this.#ordered++, ix: this.#entries.length };
    this.#entries.push(entry);
    this.#rise(entry);
    return entry;
  }

  /** Sets another time. A deadline that has been removed or has come due stays so, and the answer is false. */
  move(deadline: Deadline<T>, atMs: number): boolean {
    const entry = deadline as Entry<T>;
    if (!this.#holds(entry)) return false;
    entry.atMs = atMs;
    entry.order = this.#ordered++;
    this.#rise(entry);
    this.#sink(entry);
    return true;
  }

  remove(deadline: Deadline<T>): boolean {
    const entry = deadline as Entry<T>;
    if (!this.#holds(entry)) return false;
    this.#takeOut(entry);
    return true;
  }

  /** Takes out the earliest deadline that is not after `now`; null when there is none. Call until null. */
  due(now: number): Deadline<T> | null {
    const first = this.#entries[0];
    if (first === undefined || first.atMs > now) return null;
    this.#takeOut(first);
    return first;
  }

  #holds(entry: Entry<T>): boolean {
    return entry.ix >= 0 && this.#entries[entry.ix] === entry;
  }

  #takeOut(entry: Entry<T>): void {
    const last = this.#entries.pop()!;
    if (last !== entry) {
      this.#put(last, entry.ix);
      this.#rise(last);
      this.#sink(last);
    }
    entry.ix = -1;
  }

  #put(entry: Entry<T>, ix: number): void {
    this.#entries[ix] = entry;
    entry.ix = ix;
  }

  #rise(entry: Entry<T>): void {
    while (entry.ix > 0) {
      const parent = this.#entries[(entry.ix - 1) >> 1]!;
      if (!isBefore(entry, parent)) return;
      this.#swap(entry, parent);
    }
  }

  #sink(entry: Entry<T>): void {
    for (;;) {
      const left = this.#entries[2 * entry.ix + 1];
      if (left === undefined) return;
      const right = this.#entries[2 * entry.ix + 2];
      const child = right !== undefined && isBefore(right, left) ? right : left;
      if (!isBefore(child, entry)) return;
      this.#swap(entry, child);
    }
  }

  #swap(a: Entry<T>, b: Entry<T>): void {
    const ix = a.ix;
    this.#put(a, b.ix);
    this.#put(b, ix);
  }
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
