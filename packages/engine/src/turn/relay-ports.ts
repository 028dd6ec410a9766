import type { Random } from '../ports/index.js';

/** Any port, an even one, or an even one whose next is free as well and is taken with it. */
export type PortWish = 'any' | 'even' | 'pair';

const DRAWS = 8;

/**
 * Which relayed ports of one address and transport are taken. New ones are drawn at random, so that nobody can guess the
 * next (RFC 8656 §21.2.1).
 */
export class RelayPorts {
  readonly #from: number;
  readonly #taken: Uint8Array;
  readonly #random: Random;
  #size = 0;

  /** Both ends included. */
  constructor(range: { readonly from: number; readonly to: number }, random: Random) {
    this.#from = range.from;
    this.#taken = new Uint8Array(Math.max(0, range.to - range.from + 1));
    this.#random = random;
  }

  /** How many are taken. */
  get size(): number {
    return this.#size;
  }

  /** A port, taken until it is released; null when none is free that is as wished. */
  take(wish: PortWish): number | null {
    const count = this.#taken.length;
    if (this.#size >= count) return null;
    for (let draw = 0; draw < DRAWS; draw++) {
      const ix = this.#random.uint32() % count;
      if (this.#suits(ix, wish)) return this.#mark(ix, wish);
    }
    const start = this.#random.uint32() % count;
    for (let step = 0; step < count; step++) {
      const ix = (start + step) % count;
      if (this.#suits(ix, wish)) return this.#mark(ix, wish);
    }
    return null;
  }

  release(port: number): void {
    const ix = port - this.#from;
    if (this.#taken[ix] !== 1) return;
    this.#taken[ix] = 0;
    this.#size--;
  }

  #suits(ix: number, wish: PortWish): boolean {
    if (this.#taken[ix] !== 0) return false;
    if (wish === 'any') return true;
    return (this.#from + ix) % 2 === 0 && (wish === 'even' || this.#taken[ix + 1] === 0);
  }

  #mark(ix: number, wish: PortWish): number {
    this.#taken[ix] = 1;
    this.#size++;
    if (wish === 'pair') {
      this.#taken[ix + 1] = 1;
      this.#size++;
    }
    return this.#from + ix;
  }
}
