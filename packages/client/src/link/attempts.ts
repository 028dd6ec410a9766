import type { Clock } from '../clock.js';
import { backOffMs } from './back-off.js';
import type { LinkState } from './link-state.js';
import type { Patience } from './patience.js';

/** An attempt that is younger than this has not had its chance yet. */
const FRESH_MS = 300;

/** Times the attempts to open a socket: how long each may take, and how long to wait for the next. */
export class Attempts {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #patience: Patience;
  #begunAt = Number.NEGATIVE_INFINITY;
  #limit: unknown;
  #pause: unknown;

  constructor(clock: Clock, random: () => number, patience: Patience) {
    this.#clock = clock;
    this.#random = random;
    this.#patience = patience;
  }

  get isFresh(): boolean {
    return this.#clock.now() - this.#begunAt < FRESH_MS;
  }

  /** An attempt is made; calls `late` when it takes too long. */
  begin(attempt: number, late: () => void): void {
    this.#begunAt = this.#clock.now();
    this.#clock.clearTimeout(this.#limit);
    this.#limit = this.#clock.setTimeout(late, this.#patience.attemptMs(attempt));
  }

  /** Counted from attempt to attempt, so that one that took its time is followed by the next without another wait. */
  wait(attempt: number, due: () => void): void {
    const passed = attempt === 0 ? 0 : this.#clock.now() - this.#begunAt;
    this.#pause = this.#clock.setTimeout(due, Math.max(0, backOffMs(attempt, this.#random()) - passed));
  }

  /** The link stands elsewhere now: what was timed for another place is forgotten. */
  moved({ at }: LinkState): void {
    if (at !== 'waiting') this.#clock.clearTimeout(this.#pause);
    if (at !== 'connecting') this.#clock.clearTimeout(this.#limit);
  }
}
