import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after which waiting is given up, unless a call says otherwise. */
const PATIENCE_MS = 30_000;
const EVERY_MS = 100;

/**
 * Reads again and again until the value is accepted, and returns it. Reading may throw (a page that is loading): that
 * counts as not yet. Throws with `what` and the last value when `timeoutMs` have passed.
 */
export async function until<T>(
  what: string,
  read: () => Promise<T> | T,
  accept: (value: T) => boolean = Boolean,
  timeoutMs = PATIENCE_MS,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown = 'nothing';
  while (performance.now() < deadline) {
    try {
      const value = await read();
      if (accept(value)) return value;
      last = value;
    } catch (error) {
      last = error instanceof Error ? error.message : error;
    }
    await sleep(EVERY_MS);
  }
  throw new Error(`waited ${timeoutMs} ms for: ${what}\nlast seen: ${describe(last)}`);
}

function describe(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value, null, 1) ?? String(value))).slice(0, 4_000);
}
