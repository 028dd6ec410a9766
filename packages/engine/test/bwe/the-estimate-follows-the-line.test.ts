import { Bottleneck, type BottleneckOptions, SeededRandom } from '@madang/testkit';
import { expect, test } from 'vitest';
import { elasticRun, mean, most } from './elastic-run.js';

function line(options: Partial<BottleneckOptions> = {}): Bottleneck {
  return new Bottleneck({ random: new SeededRandom(1), bps: 1_000_000, queueBytes: 40_000, ...options });
}

test('a line that becomes narrow is noticed within three seconds, and within ten that it is wide again', () => {
  const { samples } = elasticRun(line(), {
    seconds: 60,
    change: (way, atS) => {
      way.bps = atS >= 20 && atS < 40 ? 300_000 : 1_000_000;
    },
  });
  expect(mean(samples, 'sentBps', 10, 20)).toBeGreaterThan(800_000);
  expect(most(samples, 'estimateBps', 23, 40)).toBeLessThan(350_000);
  expect(mean(samples, 'sentBps', 24, 40)).toBeGreaterThan(240_000);
  expect(mean(samples, 'sentBps', 50, 60)).toBeGreaterThan(800_000);
  for (const [fromS, toS] of [
    [2, 20],
    [24, 60],
  ] as const) {
    expect(most(samples, 'queueMs', fromS, toS)).toBeLessThan(200);
  }
});

test.for([0.02, 0.1])('a line that loses %d of what is sent is used all the same', (loss) => {
  const { samples, stats } = elasticRun(line({ loss }), { seconds: 40 });
  expect(mean(samples, 'sentBps', 5, 40)).toBeGreaterThan(800_000);
  expect(most(samples, 'queueMs', 5, 40)).toBeLessThan(200);
  expect(stats.loss).toBeGreaterThan(loss / 3);
});

test('delays of 100 ms that vary by 50 are no queue', () => {
  const { samples } = elasticRun(line({ delayMs: 100, jitterMs: 50 }), { seconds: 60 });
  expect(mean(samples, 'sentBps', 10, 60)).toBeGreaterThan(800_000);
  expect(most(samples, 'queueMs', 5, 60)).toBeLessThan(200);
});

test('what others send over the same line is left to them', () => {
  const way = line();
  const { samples } = elasticRun(way, {
    seconds: 60,
    // 500 kbit/s of theirs from the twentieth second to the fortieth.
    change: (_, atS) => {
      if (atS >= 20 && atS < 40 && (atS * 1000) % 16 === 0) way.send(1_000, 1_000 + atS * 1000);
    },
  });
  expect(mean(samples, 'sentBps', 10, 20)).toBeGreaterThan(800_000);
  expect(mean(samples, 'sentBps', 23, 40)).toBeLessThan(520_000);
  expect(mean(samples, 'sentBps', 25, 40)).toBeGreaterThan(400_000);
  expect(mean(samples, 'sentBps', 50, 60)).toBeGreaterThan(800_000);
});

test.for([200_000, 20_000_000])('a line of %d bit/s is found from what is taken for granted', (bps) => {
  const { samples } = elasticRun(line({ bps, queueBytes: Math.max(30_000, bps / 40) }), { seconds: 40 });
  expect(mean(samples, 'sentBps', 3, 20)).toBeGreaterThan(0.3 * bps);
  expect(mean(samples, 'sentBps', 25, 40)).toBeGreaterThan(0.8 * bps);
  expect(most(samples, 'queueMs', 5, 40)).toBeLessThan(250);
});

test('a line that is dead for five seconds is used again', () => {
  const { samples } = elasticRun(line(), {
    seconds: 40,
    change: (way, atS) => {
      way.loss = atS >= 10 && atS < 15 ? 1 : 0;
    },
  });
  expect(most(samples, 'estimateBps', 14, 15)).toBeLessThan(600_000);
  expect(mean(samples, 'sentBps', 25, 40)).toBeGreaterThan(700_000);
});
