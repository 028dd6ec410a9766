/** An answer is due after this time; without one the socket is taken for dead and the session resumed on a new one. */
export const ANSWER_MS = 8_000;
/** A check after a change of the network waits at most so long. */
const LONGEST_CHECK_MS = 3_000;
/** A page or a server that is busy for a moment answers within this time; a dead line never does. */
const SHORTEST_CHECK_MS = 1_500;
/** An attempt to connect takes several round trips, and the computing at both ends on top of them. */
const SHORTEST_ATTEMPT_MS = 2_000;
const ATTEMPT_ROUND_TRIPS = 12;
/** Of the last measurement in the estimate. */
const WEIGHT = 0.3;

/**
 * How long to wait for the server before taking the socket for dead: learned from how long its answers took. Without
 * that, a connection through a network that is gone would be waited for as long as the slowest line needs.
 */
export class Patience {
  #roundTripMs: number | undefined;

  /** An answer came after so many milliseconds. */
  answered(afterMs: number): void {
    const known = this.#roundTripMs ?? afterMs;
    this.#roundTripMs = known + WEIGHT * (afterMs - known);
  }

  /** For the answer to a check made on suspicion. */
  get checkMs(): number {
    if (this.#roundTripMs === undefined) return LONGEST_CHECK_MS;
    return clamp(250 + 4 * this.#roundTripMs, SHORTEST_CHECK_MS, LONGEST_CHECK_MS);
  }

  /** For attempt `attempt` to open a socket, 0 being the first after a loss. The later ones are given more time. */
  attemptMs(attempt: number): number {
    if (this.#roundTripMs === undefined) return ANSWER_MS;
    const needed = Math.max(SHORTEST_ATTEMPT_MS, ATTEMPT_ROUND_TRIPS * this.#roundTripMs);
    return Math.min(ANSWER_MS, needed * (1 + Math.max(0, attempt - 2)));
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
