import type { RouterPlane } from './router-plane.js';

/** The plane keeps MIDs for as long as it is open. Browsers count from 0; whoever invents names finds no end. */
const MOST_MIDS = 4_096;
const MOST_BYTES = 32;

/** By which index rows name a MID, as long as not too many have been invented. */
export class Mids {
  readonly #plane: Pick<RouterPlane, 'midIx'>;
  readonly #known = new Map<string, number>();

  constructor(plane: Pick<RouterPlane, 'midIx'>) {
    this.#plane = plane;
  }

  /** -1 where there is none: the SSRCs in the description have to do. */
  ixOf(mid: string): number {
    const known = this.#known.get(mid);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_MIDS || mid.length > MOST_BYTES) return -1;
    const ix = this.#plane.midIx(mid);
    this.#known.set(mid, ix);
    return ix;
  }
}
