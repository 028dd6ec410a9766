import { expect, test } from 'vitest';
import { amount, day, moment } from './amount.js';

test.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [212_992, '208 KiB'],
  [1_536, '1.5 KiB'],
  [4_194_304, '4 MiB'],
  [12_884_901_888, '12 GiB'],
  [5e15, '4547 TiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(amount(bytes)).toBe(text);
});

test('moments are told in UTC', () => {
  const ms = Date.UTC(2026, 10, 22, 11, 30, 59);
  expect(moment(ms)).toBe('2026-11-22 11:30 UTC');
  expect(day(ms)).toBe('2026-11-22');
});
