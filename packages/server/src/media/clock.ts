/** The time of a process as its rooms need it. */
export interface Clock {
  /** Monotonic milliseconds with fraction. */
  nowMs(): number;
  /** Runs `run` once after `delayMs`; the function given back calls that off. */
  after(delayMs: number, run: () => void): () => void;
}

/** The longest delay that Node's timers take; a longer one would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The real one. Its timers do not keep the process running. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.ceil(delayMs), LONGEST_DELAY_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
