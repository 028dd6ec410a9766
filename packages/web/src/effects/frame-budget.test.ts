import { expect, test } from 'vitest';
import { FrameBudget } from './frame-budget.js';

/** When the budget gives up, in milliseconds, if every frame takes what `tookMs` says; null if it never does in 60 s. */
function givesUpAt(tookMs: (ix: number) => number, intervalMs = 33): number | null {
  const budget = new FrameBudget();
  let atMs = 0;
  for (let ix = 0; atMs < 60_000; ix++) {
    atMs += Math.max(intervalMs, tookMs(ix));
    if (budget.isExceededBy(tookMs(ix), atMs)) return atMs;
  }
  return null;
}

test('a computer that keeps up is left alone', () => {
  expect(givesUpAt(() => 20)).toBeNull();
  expect(givesUpAt(() => 95)).toBeNull();
});

test('one that needs longer than a tenth of a second for each frame is told after some seconds', () => {
  const at = givesUpAt(() => 150);
  expect(at).toBeGreaterThan(6_000);
  expect(at).toBeLessThan(9_000);
});

test('the first frames may take their time, and so may one now and then', () => {
  expect(givesUpAt((ix) => (ix < 5 ? 2_000 : 20))).toBeNull();
  expect(givesUpAt((ix) => (ix % 50 === 0 ? 1_500 : 20))).toBeNull();
});

test('a camera of few frames a second is no slow computer', () => {
  expect(givesUpAt(() => 40, 500)).toBeNull();
});
