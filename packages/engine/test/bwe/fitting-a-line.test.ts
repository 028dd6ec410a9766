import { afterAll, expect, test } from 'vitest';
import { drawCurves } from './draw-curves.js';
import { type LineViewer, type Sample, ViewerRun } from './viewer-run.js';

/** What the layers of each of four cameras take, in bits a second: between 0.4 and 2 Mbit/s in all. */
const RATES = [80_000, 200_000, 450_000] as const;
const CAMERAS = 4;

const drawn: { readonly title: string; readonly samples: readonly Sample[] }[] = [];

/**
 * `npm run curves` runs all of them, and has them drawn. Every other time only the two that show most: the others cost half a
 * minute, and what they ask of the estimate is asked in `the-estimate-follows-the-line.test.ts`.
 */
const longTest = test.runIf(process.env.CURVES);

afterAll(() => {
  if (process.env.CURVES) drawCurves(process.env.CURVES, drawn);
});

function mean(
  samples: readonly Sample[],
  column: 'sentBps' | 'estimateBps' | 'queueMs',
  fromS: number,
  toS: number,
): number {
  const within = samples.filter(({ atS }) => atS > fromS && atS <= toS);
  return within.reduce((sum, sample) => sum + sample[column], 0) / within.length;
}

function longestQueueMs({ samples }: LineViewer, fromS: number, toS: number): number {
  return Math.max(...samples.filter(({ atS }) => atS > fromS && atS <= toS).map(({ queueMs }) => queueMs));
}

/** Of the packets of sound that the line itself did not lose. */
function soundLost({ samples }: LineViewer): number {
  const [all, lost] = samples.reduce(([all, lost], sample) => [all + sample.sound, lost + sample.soundLost], [0, 0]);
  expect(all).toBeGreaterThan(40 * samples.at(-1)!.atS);
  return lost / all;
}

test('1 Mbit/s that become 300 kbit/s and 1 Mbit/s again', () => {
  const run = new ViewerRun(CAMERAS, RATES);
  const viewer = run.viewer();
  run.run(45, (atS) => {
    viewer.line.bps = atS >= 15 && atS < 30 ? 300_000 : 1_000_000;
  });
  drawn.push({ title: '1 Mbit/s, 300 kbit/s, 1 Mbit/s', samples: viewer.samples });
  const { samples } = viewer;
  expect(mean(samples, 'sentBps', 10, 15)).toBeGreaterThan(800_000);
  expect(mean(samples, 'sentBps', 17, 18)).toBeLessThan(300_000);
  expect(mean(samples, 'estimateBps', 19, 30)).toBeGreaterThan(240_000);
  expect(mean(samples, 'estimateBps', 19, 30)).toBeLessThan(330_000);
  expect(mean(samples, 'sentBps', 38, 45)).toBeGreaterThan(800_000);
  expect(longestQueueMs(viewer, 3, 15)).toBeLessThan(250);
  expect(longestQueueMs(viewer, 19, 45)).toBeLessThan(250);
  expect(soundLost(viewer)).toBeLessThan(0.005);
  // The narrow line has room for some of the pictures, and the others are paused.
  expect(samples.find(({ atS }) => atS === 25)!.layers).toContain(-1);
  expect(samples.find(({ atS }) => atS === 25)!.layers).toContain(0);
});

longTest.for([0.02, 0.1])('1 Mbit/s that loses %d of everything', (loss) => {
  const run = new ViewerRun(CAMERAS, RATES);
  const viewer = run.viewer({ loss });
  run.run(30);
  drawn.push({ title: `1 Mbit/s, ${loss * 100} % lost`, samples: viewer.samples });
  expect(mean(viewer.samples, 'estimateBps', 10, 30)).toBeGreaterThan(800_000);
  expect(mean(viewer.samples, 'sentBps', 10, 30)).toBeGreaterThan(800_000);
  expect(longestQueueMs(viewer, 3, 30)).toBeLessThan(250);
  expect(soundLost(viewer)).toBeLessThan(0.005);
  const [recovered, givenUp] = viewer.repaired;
  expect(recovered).toBeGreaterThan(30);
  expect(givenUp).toBeLessThan(recovered / 20);
});

longTest('1 Mbit/s with a delay of 100 ms that varies by 50', () => {
  const run = new ViewerRun(CAMERAS, RATES);
  const viewer = run.viewer({ delayMs: 100, jitterMs: 50 });
  run.run(40);
  drawn.push({ title: '1 Mbit/s, 100 ± 50 ms', samples: viewer.samples });
  expect(mean(viewer.samples, 'sentBps', 10, 40)).toBeGreaterThan(800_000);
  expect(longestQueueMs(viewer, 3, 40)).toBeLessThan(250);
  expect(soundLost(viewer)).toBeLessThan(0.005);
});

longTest('1 Mbit/s of which somebody else takes 400 kbit/s for a while', () => {
  const run = new ViewerRun(CAMERAS, RATES);
  const viewer = run.viewer();
  let owed = 0;
  run.run(45, (atS) => {
    if (atS < 15 || atS >= 30) return;
    for (owed += 250; owed >= 1_000; owed -= 1_000) viewer.line.send(1_000, run.stage.now);
  });
  drawn.push({ title: '1 Mbit/s, 400 kbit/s of them somebody else’s from 15 s to 30 s', samples: viewer.samples });
  const { samples } = viewer;
  expect(mean(samples, 'sentBps', 18, 30)).toBeLessThan(620_000);
  expect(mean(samples, 'sentBps', 20, 30)).toBeGreaterThan(0.8 * 600_000);
  expect(mean(samples, 'sentBps', 35, 45)).toBeGreaterThan(800_000);
  expect(longestQueueMs(viewer, 19, 45)).toBeLessThan(250);
  expect(soundLost(viewer)).toBeLessThan(0.005);
});

test('200 kbit/s beside 20 Mbit/s in one room', () => {
  const run = new ViewerRun(CAMERAS, RATES);
  const narrow = run.viewer({ bps: 200_000, queueBytes: 20_000 });
  const wide = run.viewer({ bps: 20_000_000, queueBytes: 500_000 });
  run.run(12);
  drawn.push({ title: '200 kbit/s', samples: narrow.samples });
  drawn.push({ title: '20 Mbit/s, in the same room', samples: wide.samples });
  expect(mean(narrow.samples, 'estimateBps', 3, 12)).toBeGreaterThan(150_000);
  expect(mean(narrow.samples, 'estimateBps', 3, 12)).toBeLessThan(250_000);
  expect(longestQueueMs(narrow, 3, 12)).toBeLessThan(250);
  expect(soundLost(narrow)).toBeLessThan(0.005);
  for (const { atS, layers } of wide.samples) if (atS > 5) expect(layers).toEqual([2, 2, 2, 2]);
  for (const { atS, layers } of narrow.samples) if (atS > 5) expect(Math.max(...layers)).toBe(0);
});
