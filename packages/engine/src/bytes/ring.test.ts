import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Ring } from './ring.js';

test('behaves as an array that forgets its front', () => {
  const steps = fc.array(fc.oneof(fc.constant('shift' as const), fc.integer()), { maxLength: 300 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), steps, (capacity, walk) => {
      const ring = new Ring<number>(capacity);
      const model: number[] = [];
      for (const step of walk) {
        if (step === 'shift') {
          expect(ring.shift()).toBe(model.shift());
        } else {
          const evicted = model.length === capacity ? model.shift() : undefined;
          model.push(step);
          expect(ring.push(step)).toBe(evicted);
        }
        expect(ring.slice()).toEqual(model);
        expect(ring.size).toBe(model.length);
        expect([-1, 0, 1, model.length - 1, model.length].map((ix) => ring.at(ix))).toEqual(
          [-1, 0, 1, model.length - 1, model.length].map((ix) => model[ix]),
        );
      }
    }),
  );
});

test('gives the items from an index on', () => {
  const ring = new Ring<string>(3);
  for (const item of ['a', 'b', 'c', 'd']) ring.push(item);
  expect(ring.slice(1)).toEqual(['c', 'd']);
  expect(ring.slice(3)).toEqual([]);
  expect(ring.slice(-5)).toEqual(['b', 'c', 'd']);
});

test('is empty after clear and can be filled again', () => {
  const ring = new Ring<number>(2);
  ring.push(1);
  ring.clear();
  expect(ring.slice()).toEqual([]);
  ring.push(2);
  expect(ring.slice()).toEqual([2]);
});

describe('a capacity', () => {
  test.each([0, -1, 1.5, Number.NaN])('of %s is refused', (capacity) => {
    expect(() => new Ring(capacity)).toThrow(RangeError);
  });
});
