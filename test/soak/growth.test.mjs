import { expect, test } from 'vitest';
import { growth } from './growth.mjs';

/** A sample a second, of 4 guests each, with memory that goes up by a megabyte and is collected every 40 s. */
const sawtooth = (bytesPerGuest) =>
  Array.from({ length: 1_200 }, (_, second) => ({
    came: 4 * second,
    bytes: 5e7 + 4 * second * bytesPerGuest + (second % 40) * 25_000,
  }));
const axes = { of: (sample) => sample.bytes, per: (sample) => sample.came };

test('what is collected again is no growth', () => {
  expect(Math.abs(growth(sawtooth(0), axes))).toBeLessThan(1);
});

test('what each guest leaves behind is found under what is collected', () => {
  expect(growth(sawtooth(500), axes)).toBeCloseTo(500, -1);
});

test('one sample that is far off changes nothing', () => {
  const samples = sawtooth(500);
  samples[600].bytes = 1_000;
  expect(growth(samples, axes)).toBeCloseTo(500, -1);
});

test('of one sample there is no growth', () => {
  expect(growth(sawtooth(500).slice(0, 1), axes)).toBe(0);
});
