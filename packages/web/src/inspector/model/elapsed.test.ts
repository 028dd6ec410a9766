import { expect, test } from 'vitest';
import { bitrateText, millisecondsText, shareText } from './amount.js';
import { clockText, durationText, elapsedText } from './elapsed.js';

test('a moment is told as the time since the start, the finer the nearer', () => {
  expect([1_012, 13_340, 188_000, 900].map((at) => elapsedText(at, 1_000))).toEqual([
    '+0.012 s',
    '+12.3 s',
    '+3:07',
    '−0.100 s',
  ]);
});

test('a length of time has the unit that suits it', () => {
  expect([8.4, 1_240, 125_000].map(durationText)).toEqual(['8 ms', '1.24 s', '2:05']);
  expect(clockText(3_729_000)).toBe('1:02:09');
});

test('rates, shares and times are short', () => {
  expect([900, 64_000, 1_240_000].map(bitrateText)).toEqual(['900 bit/s', '64 kbit/s', '1.2 Mbit/s']);
  expect([0, 0.0123].map(shareText)).toEqual(['0 %', '1.2 %']);
  expect([0.42, 23.4].map(millisecondsText)).toEqual(['0.4 ms', '23 ms']);
});
