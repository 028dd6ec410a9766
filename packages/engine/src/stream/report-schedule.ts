/** Times lie on such a grid: what is due to many peers is written at once, and a thread is not woken for each of them. */
const GRID_MS = 100;

/**
 * When the next report is due: at an interval that is drawn anew each time from half of it to one and a half, so that
 * reports of many do not fall together (RFC 3550 §6.3.1), and then put off to the next tenth of a second. The first comes after
 * half as long (§6.2). A connection has two ends and cannot be crowded, so nothing is reconsidered.
 */
export class ReportSchedule {
  readonly #intervalMs: number;
  #nextAtMs: number;

  /** `chance32` is random, from 0 to 2^32 - 1. */
  constructor(intervalMs: number, now: number, chance32: number) {
    this.#intervalMs = intervalMs;
    this.#nextAtMs = onGrid(now + this.#drawn(chance32) / 2);
  }

  get nextAtMs(): number {
    return this.#nextAtMs;
  }

  /** Whether a report is to be sent now; then the next is scheduled. */
  due(now: number, chance32: number): boolean {
    if (now < this.#nextAtMs) return false;
    this.#nextAtMs = onGrid(now + this.#drawn(chance32));
    return true;
  }

  #drawn(chance32: number): number {
    return this.#intervalMs * (0.5 + chance32 / 0x1_0000_0000);
  }
}

function onGrid(atMs: number): number {
  return Math.ceil(atMs / GRID_MS) * GRID_MS;
}
