import { Ring } from '../bytes/index.js';
import { REPEATS_REMEMBERED } from './limits.js';

/**
 * The numbers of the requests that a member had carried out lately, the last `REPEATS_REMEMBERED` of them. An older
 * number that comes again is taken for a new request.
 */
export class Repeats {
  readonly #numbers = new Ring<number>(REPEATS_REMEMBERED);
  #highest = 0;

  has(n: number): boolean {
    if (n > this.#highest) return false;
    for (let ix = this.#numbers.size - 1; ix >= 0; ix--) {
      if (this.#numbers.at(ix) === n) return true;
    }
    return false;
  }

  add(n: number): void {
    this.#numbers.push(n);
    if (n > this.#highest) this.#highest = n;
  }
}
