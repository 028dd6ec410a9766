import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add16, distance16, isNewer16 } from './serial16.js';
import { add32, distance32, isNewer32 } from './serial32.js';

const CIRCLES = [
  { bits: 16, add: add16, distance: distance16, isNewer: isNewer16 },
  { bits: 32, add: add32, distance: distance32, isNewer: isNewer32 },
];

describe.each(CIRCLES)('serial numbers of $bits bits', ({ bits, add, distance, isNewer }) => {
  const circle = 2 ** bits;
  const half = circle / 2;
  const serial = fc.integer({ min: 0, max: circle - 1 });

  test('wrap in both directions', () => {
    expect(add(circle - 1, 1)).toBe(0);
    expect(add(0, -1)).toBe(circle - 1);
  });

  test('are as far apart as the steps between them', () => {
    fc.assert(
      fc.property(serial, fc.integer({ min: -half, max: half - 1 }), (from, steps) => {
        expect(distance(from, add(from, steps))).toBe(steps);
      }),
    );
  });

  test('are newer up to half the circle ahead', () => {
    fc.assert(
      fc.property(serial, fc.integer({ min: 1, max: half - 1 }), (from, steps) => {
        expect(isNewer(add(from, steps), from)).toBe(true);
        expect(isNewer(from, add(from, steps))).toBe(false);
      }),
    );
  });

  test('are not newer than themselves or than their opposite', () => {
    fc.assert(
      fc.property(serial, (at) => {
        expect(isNewer(at, at)).toBe(false);
        expect(isNewer(add(at, half), at)).toBe(false);
      }),
    );
  });
});
