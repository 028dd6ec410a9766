import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshShare, type Share, split } from './split.js';

const LEVELS = [100, 300, 900];

function share(parts: Partial<Share> = {}): Share {
  return { ...freshShare(), area: 100, levels: [...LEVELS], ...parts };
}

function levelsAt(bps: number, ...shares: Share[]): number[] {
  split(shares, bps, bps, 10_000);
  return shares.map(({ level }) => level);
}

test('each has the least before anybody has more, and equally important ones have more in turn', () => {
  expect(levelsAt(250, share(), share(), share())).toEqual([0, 0, -1]);
  expect(levelsAt(460, share(), share())).toEqual([1, 0]);
  expect(levelsAt(10_000, share(), share())).toEqual([2, 2]);
});

test('the most important is served first, and the least important paused first', () => {
  const [low, normal, high] = [share({ priority: 0 }), share(), share({ priority: 2 })];
  expect(levelsAt(120, low, normal, high)).toEqual([-1, -1, 0]);
  expect(levelsAt(1_200, low, normal, high)).toEqual([0, 0, 2]);
});

test('of equally important ones the larger is served first', () => {
  expect(levelsAt(120, share({ area: 10 }), share({ area: 1000 }))).toEqual([-1, 0]);
});

test('what is had is kept without room to spare, and what was lost is not had again at once', () => {
  const one = share({ level: 1 });
  expect(levelsAt(300, one)).toEqual([1]);
  split([one], 299, 299, 11_000);
  expect(one.level).toBe(0);
  split([one], 10_000, 10_000, 12_999);
  expect(one.level).toBe(0);
  split([one], 10_000, 10_000, 13_000);
  expect(one.level).toBe(2);
});

test('a picture that was taken away is had again sooner than a better one', () => {
  const one = share({ level: 1 });
  split([one], 0, 0, 10_000);
  expect(one.level).toBe(-1);
  split([one], 10_000, 10_000, 10_499);
  expect(one.level).toBe(-1);
  split([one], 10_000, 10_000, 10_500);
  expect(one.level).toBe(2);
});

test('a level that is lost again soon after it was given is tried more and more rarely, those below as before', () => {
  const one = share({ level: 2 });
  const waitsAfterLoss = (atMs: number): number[] => {
    split([one], 150, 150, atMs);
    expect(one.level).toBe(0);
    let now = atMs;
    return [1, 2].map((level) => {
      for (; one.level < level; now += 100) split([one], 10_000, 10_000, now + 100);
      return now - atMs;
    });
  };
  const waits = [10_000, 13_000, 18_000, 27_000].map(waitsAfterLoss);
  expect(waits.map(([, all]) => all)).toEqual([2_000, 4_000, 8_000, 8_000]);
  expect(waits.map(([some]) => some)).toEqual([2_000, 2_000, 2_000, 2_000]);
  expect(waitsAfterLoss(60_000)).toEqual([2_000, 2_000]);
});

test('a picture that is taken away again and again is had again as soon each time', () => {
  const one = share();
  for (const atMs of [10_000, 11_000, 12_000, 13_000]) {
    split([one], 150, 150, atMs);
    expect(one.level).toBe(0);
    split([one], 0, 0, atMs + 100);
    expect(one.level).toBe(-1);
    split([one], 150, 150, atMs + 600);
    expect(one.level).toBe(0);
  }
});

test('a shortage for a while takes layers, but no picture', () => {
  const [one, two] = [share({ level: 1 }), share({ level: 0 })];
  split([one, two], 50, 500, 10_000);
  expect([one.level, two.level]).toEqual([0, 0]);
});

test('what does not flow has no level, and nothing lacks it', () => {
  const one = share({ levels: [] });
  expect(split([one], 1_000, 1_000, 0)).toBe(true);
  expect(one.level).toBe(-1);
});

test('no more is given than there is, and nobody lacks the least while a less important one has it', () => {
  const anyShare = fc.record({
    priority: fc.integer({ min: 0, max: 2 }),
    area: fc.nat(1000),
    levels: fc
      .array(fc.integer({ min: 10, max: 1000 }), { maxLength: 4 })
      .map((rates) => rates.toSorted((a, b) => a - b)),
  });
  fc.assert(
    fc.property(fc.array(anyShare, { maxLength: 12 }), fc.nat(6000), (drawn, bps) => {
      const shares = drawn.map((parts) => share(parts));
      split(shares, bps, bps, 0);
      const sum = shares.reduce((all, { level, levels }) => all + (levels[level] ?? 0), 0);
      expect(sum).toBeLessThanOrEqual(bps);
      for (const lacking of shares.filter(({ level, levels }) => level < 0 && levels.length > 0)) {
        const having = shares.filter(({ level, priority }) => level >= 0 && priority < lacking.priority);
        for (const { levels } of having) expect(levels[0]!).toBeLessThan(lacking.levels[0]!);
      }
    }),
  );
});
