import { expect, test } from 'vitest';
import { SeededRandom } from './seeded-random.js';

function draws(seed: number, count = 1_000): number[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => random.uint32());
}

test('repeats itself for the same seed, and for no other', () => {
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
});

test('spreads evenly: each bit is set about half of the time', () => {
  const values = draws(1, 20_000);
  for (let bit = 0; bit < 32; bit++) {
    const set = values.filter((value) => ((value >>> bit) & 1) === 1).length;
    expect(set / values.length, `bit ${bit}`).toBeCloseTo(0.5, 1);
  }
});

test('stays below its limit and reaches every number under it', () => {
  const random = new SeededRandom(3);
  const seen = new Set(Array.from({ length: 1_000 }, () => random.below(10)));
  expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('is true as often as it should be', () => {
  const random = new SeededRandom(4);
  const hits = Array.from({ length: 10_000 }, () => random.chance(0.2)).filter(Boolean).length;
  expect(hits / 10_000).toBeCloseTo(0.2, 1);
  expect([random.chance(0), random.chance(1)]).toEqual([false, true]);
});

test('picks from what there is', () => {
  const random = new SeededRandom(5);
  expect(new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b'])))).toEqual(new Set(['a', 'b']));
  expect(() => random.pick([])).toThrow(RangeError);
});

test('gives ids of 64 bits and secrets of 128, all different', () => {
  const random = new SeededRandom(6);
  expect(random.id()).toMatch(/^[0-9a-f]{16}$/);
  expect(random.secret()).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(Array.from({ length: 1_000 }, () => random.id())).size).toBe(1_000);
});
