import { expect, it } from 'vitest';
import { cryptoRandom } from './crypto-random.js';

it('numbers are of 32 bits, and none is given a second time when those drawn in advance are used up', () => {
  const numbers = Array.from({ length: 300 }, () => cryptoRandom.uint32());
  expect(numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 2 ** 32)).toBe(true);
  // 300 of 2^32: that two are equal by chance happens once in a hundred thousand runs.
  expect(new Set(numbers).size).toBe(300);
});
