import type { AddressBook } from '@madang/engine';

const COLUMNS = 6;

/** An address book in memory: bounded, and an index that nobody holds is given to the next address that comes. */
export class FakeAddressBook implements AddressBook {
  readonly rows: Int32Array;
  readonly #byAddress = new Map<string, number>();
  readonly #holds: Int32Array;
  readonly #names: (string | undefined)[];
  #next = 0;

  constructor(capacity: number) {
    this.rows = new Int32Array(capacity * COLUMNS);
    this.#holds = new Int32Array(capacity);
    this.#names = new Array(capacity);
  }

  /** How many addresses somebody holds. */
  get held(): number {
    return this.#holds.filter((count) => count > 0).length;
  }

  rowOf(ix: number): number {
    return this.#names[ix] === undefined ? -1 : ix * COLUMNS;
  }

  enter(...columns: [number, number, number, number, number, number]): number {
    const name = columns.map((column) => column | 0).join();
    const known = this.#byAddress.get(name);
    if (known !== undefined) return known;
    const ix = this.#free();
    if (ix < 0) return -1;
    const old = this.#names[ix];
    if (old !== undefined) this.#byAddress.delete(old);
    this.#names[ix] = name;
    this.#byAddress.set(name, ix);
    this.rows.set(columns, ix * COLUMNS);
    return ix;
  }

  hold(ix: number): void {
    this.#holds[ix]!++;
  }

  release(ix: number): void {
    if (this.#holds[ix]! < 1) throw new Error(`address ${ix} was released more often than held`);
    this.#holds[ix]!--;
  }

  /** The next index in turn that is not held: so the one that was entered longest ago. */
  #free(): number {
    for (let step = 0; step < this.#holds.length; step++) {
      const ix = this.#next;
      this.#next = (this.#next + 1) % this.#holds.length;
      if (this.#holds[ix] === 0) return ix;
    }
    return -1;
  }
}
