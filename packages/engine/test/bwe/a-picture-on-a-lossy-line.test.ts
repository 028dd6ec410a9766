import { SeededRandom } from '@madang/testkit';
import { describe, expect, test } from 'vitest';
import { type Sample, ViewerRun } from './viewer-run.js';

const PICTURE_BPS = 500_000;

/** How long there was no picture at the longest, in seconds. */
function longestGapS(samples: readonly Sample[]): number {
  const gaps = samples.map(() => 0);
  for (const [ix, { layers }] of samples.entries()) gaps[ix] = layers[0] === -1 ? (gaps[ix - 1] ?? 0) + 0.1 : 0;
  return Math.max(...gaps);
}

describe('a picture of which there is nothing smaller', () => {
  test.for([2, 5, 6, 7])('goes on where 15 of a hundred packets are lost, whatever is sent (%i)', (seed) => {
    const run = new ViewerRun(1, [PICTURE_BPS]);
    const random = new SeededRandom(seed);
    const { samples } = run.viewer({ bps: 20_000_000, queueBytes: 500_000, loss: 0.15, delayMs: 50, random });
    run.run(20);
    expect(longestGapS(samples)).toBe(0);
  });

  test('is taken away where sound would be lost for it, by a line that drops what is too much and has no queue', () => {
    const run = new ViewerRun(1, [PICTURE_BPS]);
    const { samples } = run.viewer({ bps: 300_000, queueBytes: 2_500, delayMs: 50 });
    run.run(20);
    const late = samples.filter(({ atS }) => atS > 5);
    expect(late.every(({ layers }) => layers[0] === -1)).toBe(true);
    expect(late.reduce((sum, { soundLost }) => sum + soundLost, 0)).toBe(0);
  });
});
