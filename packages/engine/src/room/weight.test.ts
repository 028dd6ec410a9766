import { expect, test } from 'vitest';
import { weigh } from './weight.js';

const PLENTY = 1_000_000;

test('grows with the text in a value, wherever it stands', () => {
  const empty = weigh({ a: [{ b: '' }] }, PLENTY);
  expect(weigh({ a: [{ b: 'x'.repeat(1_000) }] }, PLENTY) - empty).toBe(1_000);
  expect(weigh({ [`a${'x'.repeat(1_000)}`]: [{ b: '' }] }, PLENTY) - empty).toBe(1_000);
});

test('counts bytes as bytes', () => {
  const empty = weigh(new Uint8Array(0), PLENTY);
  expect(weigh(new Uint8Array(500), PLENTY) - empty).toBe(500);
  expect(weigh(new ArrayBuffer(500), PLENTY) - empty).toBe(500);
});

test('gives no value for nothing', () => {
  for (const value of [null, undefined, true, 0, Number.NaN, [], {}]) expect(weigh(value, PLENTY)).toBeGreaterThan(0);
});

test('stops when it is enough', () => {
  expect(weigh('x'.repeat(1_000), 100)).toBe(100);
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(weigh(circle, 1_000)).toBe(1_000);
});

test('survives any depth', () => {
  let deep: unknown = 'bottom';
  for (let level = 0; level < 100_000; level++) deep = [deep];
  expect(weigh(deep, 10 * PLENTY)).toBeGreaterThan(100_000);
});
