import type { DependencyStructure } from '../rtp/index.js';
import type { LayerCap } from './layer-cap.js';
import type { Source } from './source.js';

/** So many are remembered: packets that belong to older ones are not sent again. A power of two. */
const MOST_LEGS = 8;

/** A part of an outgoing stream that comes from one source with the same layers throughout. */
export class Leg {
  number = -1;
  source: Source | null = null;
  /** Extended number of its first packet at the source. */
  firstIn = 0;
  spatial = 0;
  temporal = 0;
  target = -1;
  structure: DependencyStructure | null = null;
  /** Bits of `FORM` of its packets. */
  form = 0;
  /** What is added to frame numbers of dependency descriptors. */
  frameShift = 0;
}

/** The last legs of a subscription, their objects used in turn. */
export class Legs {
  readonly #legs: readonly Leg[] = Array.from({ length: MOST_LEGS }, () => new Leg());
  #newest = 0;
  /** Number of the first since the source was entered: late packets of older ones are of no more use. */
  #entered = 0;

  get current(): Leg {
    return this.#legs[this.#newest & (MOST_LEGS - 1)]!;
  }

  /** How many there have been. */
  get begun(): number {
    return this.#newest;
  }

  /** Begins one with a packet `firstIn`. `isEntry`: with another source, or another place in the same. */
  begin(source: Source, firstIn: number, cap: LayerCap, isEntry: boolean): Leg {
    const { frameShift, form } = this.current;
    this.#newest++;
    if (isEntry) this.#entered = this.#newest;
    const leg = this.current;
    leg.number = this.#newest;
    leg.source = source;
    leg.firstIn = firstIn;
    leg.spatial = cap.spatial;
    leg.temporal = cap.temporal;
    leg.target = cap.target;
    leg.structure = cap.structure;
    leg.frameShift = frameShift;
    leg.form = form;
    return leg;
  }

  /** The leg by its number; null when it is forgotten. */
  get(number: number): Leg | null {
    const leg = this.#legs[number & (MOST_LEGS - 1)]!;
    return leg.number === number ? leg : null;
  }

  /** The leg that a packet of the current source belongs to; null when it is of before it was entered, or forgotten. */
  at(extended: number): Leg | null {
    const oldest = Math.max(this.#entered, this.#newest - MOST_LEGS + 1);
    for (let number = this.#newest; number >= oldest; number--) {
      const leg = this.#legs[number & (MOST_LEGS - 1)]!;
      if (leg.firstIn <= extended) return leg;
    }
    return null;
  }

  /** Lets sources go. */
  clear(): void {
    for (const leg of this.#legs) leg.source = null;
  }
}
