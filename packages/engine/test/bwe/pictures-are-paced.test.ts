import { expect, test } from 'vitest';
import { type LineViewer, ViewerRun } from './viewer-run.js';

const RATES = [80_000, 200_000, 450_000] as const;

function sound({ samples }: LineViewer, fromS: number): { readonly all: number; readonly lost: number } {
  const late = samples.filter(({ atS }) => atS > fromS);
  const sum = (of: 'sound' | 'soundLost') => late.reduce((total, sample) => total + sample[of], 0);
  return { all: sum('sound'), lost: sum('soundLost') };
}

test('a keyframe that is larger than the queue of a thin line goes through it, and sound beside it', () => {
  // Keyframes of 12 kB every three seconds, and room for 9 kB in front of a line of 400 kbit/s.
  const run = new ViewerRun(1, [80_000, 200_000, 2_000_000], { keyframeSize: 14, everyMs: 3_010 });
  const viewer = run.viewer({ bps: 400_000, queueBytes: 9_000 });
  run.run(5);
  const before = viewer.line.overflows;
  run.run(15);
  expect(viewer.line.overflows - before).toBe(0);
  // Of the last ten seconds.
  expect(sound(viewer, 5)).toEqual({ all: 500, lost: 0 });
  expect(run.stage.router.counts().sums.waited).toBeGreaterThan(0);
});

test('on a line with room to spare nothing waits', () => {
  const run = new ViewerRun(1, RATES, { keyframeSize: 10, everyMs: 3_010 });
  const viewer = run.viewer({ bps: 20_000_000, queueBytes: 500_000 });
  run.run(10);
  expect(viewer.samples.at(-1)!.layers).toEqual([2]);
  const { waited } = run.stage.router.counts().sums;
  run.run(5);
  expect(run.stage.router.counts().sums.waited).toBe(waited);
  expect(run.stage.router.lines(run.stage.now)).toMatchObject({ waiting: 0, pictures: { full: 1 } });
});
