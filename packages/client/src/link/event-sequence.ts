export type Arrival = 'next' | 'repeated' | 'gap';

/** Tells by the numbers of events whether one is new, was handled already, or has lost its predecessor. */
export class EventSequence {
  #last: number;

  /** `last`: the number of the last event handled. */
  constructor(last: number) {
    this.#last = last;
  }

  get last(): number {
    return this.#last;
  }

  /** `next` counts as handled from now on. */
  accept(seq: number): Arrival {
    if (seq <= this.#last) return 'repeated';
    if (seq > this.#last + 1) return 'gap';
    this.#last = seq;
    return 'next';
  }
}
