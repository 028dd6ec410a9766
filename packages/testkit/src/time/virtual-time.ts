interface Waiting {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that moves only when told to, in milliseconds from 0, and does on the way what was asked for. */
export class VirtualTime {
  #nowMs = 0;
  #order = 0;
  readonly #waiting = new Set<Waiting>();

  nowMs(): number {
    return this.#nowMs;
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** When the next timer is due; null when none is set. */
  get nextAtMs(): number | null {
    return this.#next(Number.POSITIVE_INFINITY)?.atMs ?? null;
  }

  /** Runs `run` after `delayMs`, once; the function given back calls that off. */
  after(delayMs: number, run: () => void): () => void {
    const waiting = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, run };
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }

  /**
   * Lets `ms` pass. What is due on the way runs at its own time, earliest first, and what that sets in turn runs as
   * well if it is due.
   */
  advance(ms: number): void {
    const until = this.#nowMs + ms;
    for (let next = this.#next(until); next !== null; next = this.#next(until)) {
      this.#waiting.delete(next);
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = until;
  }

  #next(until: number): Waiting | null {
    let next: Waiting | null = null;
    for (const waiting of this.#waiting) {
      if (waiting.atMs > until) continue;
      const isEarlier =
        next === null || waiting.atMs < next.atMs || (waiting.atMs === next.atMs && waiting.order < next.order);
      if (isEarlier) next = waiting;
    }
    return next;
  }
}
