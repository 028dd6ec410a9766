/** Where the SDK gets the time from. Tests hand in a virtual one; nothing in the SDK asks another clock. */
export interface Clock {
  /** Monotonic milliseconds with fraction. */
  now(): number;
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (run, delayMs) => globalThis.setTimeout(run, delayMs),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/**
 * Runs `work` every `periodMs` until the returned function is called. The next turn is armed after the work, so a slow
 * turn delays the next one instead of piling up.
 */
export function every(clock: Clock, periodMs: number, work: () => void): () => void {
  let timer: unknown;
  let stopped = false;
  const turn = (): void => {
    work();
    if (!stopped) timer = clock.setTimeout(turn, periodMs);
  };
  timer = clock.setTimeout(turn, periodMs);
  return () => {
    stopped = true;
    clock.clearTimeout(timer);
  };
}
