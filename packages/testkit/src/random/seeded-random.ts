import type { Random } from '@madang/engine';

/**
 * Chance that repeats: the same seed gives the same sequence. For tests only, it can be guessed. Its ids and secrets have
 * the length that the engine asks for.
 */
export class SeededRandom implements Random {
  readonly seed: number;
  #state: number;

  /** `seed` is a whole number; print it when a test fails. */
  constructor(seed: number) {
    this.seed = seed;
    this.#state = seed >>> 0;
  }

  /** From 0 to 2^32 - 1. A Weyl sequence through a mixer of multiplications and shifts. */
  uint32(): number {
    this.#state = (this.#state + 0x9e37_79b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** From 0 up to, not including, 1. */
  fraction(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of `items`, of which there is at least one. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    return items[this.below(items.length)] as T;
  }

  id(): string {
    return this.#hex(2);
  }

  secret(): string {
    return this.#hex(4);
  }

  #hex(words: number): string {
    return Array.from({ length: words }, () => this.uint32().toString(16).padStart(8, '0')).join('');
  }
}
