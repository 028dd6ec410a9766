import type { Fact } from '@madang/client';

/** A moment of a record by the clock on the wall. */
export function wallMoment(facts: readonly Fact[], atMs: number): number {
  const start = wallStart(facts);
  return start === undefined ? Date.now() : start + atMs;
}

/** The moment at which a report was written, as in `atMs`: it is judged by that, whenever it is opened. */
export function recordMoment(facts: readonly Fact[], wallMs: number): number {
  const start = wallStart(facts);
  const newest = facts.at(-1)?.atMs ?? 0;
  return start === undefined ? newest : Math.max(newest, wallMs - start);
}

function wallStart(facts: readonly Fact[]): number | undefined {
  return facts.find((fact) => fact.type === 'page')?.wallStartMs;
}
