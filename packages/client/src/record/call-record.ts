import { type Clock, systemClock } from '../clock.js';
import { Emitter } from '../emitter.js';
import type { Fact, FactBody } from './fact.js';
import { pageBody } from './page-body.js';
import { Retention } from './retention.js';

export interface CallRecordOptions {
  readonly clock?: Clock;
  /** Wall-clock milliseconds. Default: `Date.now`. */
  readonly wallNow?: () => number;
}

/**
 * What happened on the way of a call, as it happened: the newest facts, and of older ones those without which the state of
 * the call could no longer be told. It holds no keys and no passwords, but addresses: see `exportRecord`.
 */
export class CallRecord extends Emitter<{ added: [fact: Fact] }> {
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #retention = new Retention();
  #facts: Fact[] = [];

  constructor(options: CallRecordOptions = {}) {
    super();
    this.#clock = options.clock ?? systemClock;
    this.#startMs = this.#clock.now();
    this.add(pageBody((options.wallNow ?? Date.now)()));
  }

  /** Oldest first. The array grows in place, and is another one when old facts have been let go. */
  get facts(): readonly Fact[] {
    return this.#facts;
  }

  /** Monotonic milliseconds since the record was begun, as in `atMs`. */
  nowMs(): number {
    return this.#clock.now() - this.#startMs;
  }

  add(body: FactBody): void {
    const fact: Fact = { ...body, atMs: this.nowMs() };
    this.#facts.push(fact);
    if (this.#retention.isFull(fact)) this.#facts = this.#retention.keep(this.#facts);
    this.emit('added', fact);
  }
}
