interface Waiting {
  readonly atMs: number;
  readonly run: () => void;
}

/** A clock that moves only when told to, in milliseconds from 0, and does on the way what was asked for. */
export class VirtualTime {
  #nowMs = 0;
  /** In the order in which they are due; of those at the same time the one set first comes first. */
  readonly #waiting: Waiting[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#waiting.length;
  }

  /** When the next timer is due; null when none is set. */
  get nextAtMs(): number | null {
    return this.#waiting[0]?.atMs ?? null;
  }

  /** Runs `run` after `delayMs`, once; the function given back calls that off. */
  after(delayMs: number, run: () => void): () => void {
    const waiting = { atMs: this.#nowMs + Math.max(0, delayMs), run };
    this.#waiting.splice(this.#waiting.findLastIndex(({ atMs }) => atMs <= waiting.atMs) + 1, 0, waiting);
    return () => {
      const ix = this.#waiting.indexOf(waiting);
      if (ix !== -1) this.#waiting.splice(ix, 1);
    };
  }

  /**
   * Lets `ms` pass. What is due on the way runs at its own time, earliest first, and what that sets in turn runs as
   * well if it is due.
   */
  advance(ms: number): void {
    const until = this.#nowMs + ms;
    for (let next = this.#waiting[0]; next !== undefined && next.atMs <= until; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = until;
  }
}
