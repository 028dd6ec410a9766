const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/**
 * Milliseconds to wait before attempt `attempt` (0 is the first after a loss), with jitter from `random` in 0…1: after a
 * restart of the server its clients must not all come back in the same moment.
 */
export function backOffMs(attempt: number, random: number): number {
  if (attempt === 0) return random * 100;
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return ceiling * (0.5 + random / 2);
}
