import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExtendedSequence } from './extended-sequence.js';

test('goes on past the wrap', () => {
  const sequence = new ExtendedSequence();
  const first = sequence.extend(65_534)!;
  expect([65_535, 0, 1].map((seq16) => sequence.extend(seq16)! - first)).toEqual([1, 2, 3]);
});

test('puts a late packet from before the wrap where it belongs', () => {
  const sequence = new ExtendedSequence();
  const first = sequence.extend(65_535)!;
  sequence.extend(2);
  expect(sequence.extend(65_534)).toBe(first - 1);
  expect(sequence.highest).toBe(first + 3);
});

test('follows any stream whose steps stay below the dropout bound', () => {
  const start = fc.integer({ min: 0, max: 65_535 });
  const steps = fc.array(fc.integer({ min: -99, max: 2_999 }), { maxLength: 200 });
  fc.assert(
    fc.property(start, steps, (seq16, walk) => {
      const sequence = new ExtendedSequence();
      let highest = sequence.extend(seq16)!;
      for (const step of walk) {
        const real = highest + step;
        expect(sequence.extend(real & 0xffff)).toBe(real);
        highest = Math.max(highest, real);
      }
      expect(sequence.highest).toBe(highest);
    }),
  );
});

test('ignores one packet from far away', () => {
  const sequence = new ExtendedSequence();
  const first = sequence.extend(1_000)!;
  expect(sequence.extend(40_000)).toBeNull();
  expect(sequence.extend(1_001)).toBe(first + 1);
  expect(sequence.extend(40_001)).toBeNull();
});

test('believes a jump once its successor follows, in the next cycle', () => {
  const sequence = new ExtendedSequence();
  const first = sequence.extend(1_000)!;
  expect(sequence.extend(40_000)).toBeNull();
  const after = sequence.extend(40_001)!;
  expect(after & 0xffff).toBe(40_001);
  expect(after).toBeGreaterThan(first);
  expect(sequence.extend(40_002)).toBe(after + 1);
});

test('has no highest number before the first packet', () => {
  expect(new ExtendedSequence().highest).toBe(-1);
});
