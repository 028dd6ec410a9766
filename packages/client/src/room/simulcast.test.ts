import { expect, it } from 'vitest';
import { cameraEncodings } from './simulcast.js';

const active = (width: number, height: number, wanted?: boolean[]): string =>
  cameraEncodings({ width, height }, wanted)
    .flatMap(({ rid, active }) => (active ? [rid] : []))
    .join(' ');

it.each([
  [1920, 1080, 'q h f'],
  [640, 480, 'q h f'],
  [480, 270, 'h f'],
  [320, 240, 'h f'],
  [240, 180, 'f'],
  [360, 640, 'q h f'],
])('sends a camera of %i×%i in those encodings that are worth it: %s', (width, height, rids) => {
  expect(active(width, height)).toBe(rids);
});

it('lets those rest that nobody is to be sent', () => {
  expect(active(1280, 720, [true, false, false])).toBe('q');
  expect(active(1280, 720, [false, false, false])).toBe('');
  expect(active(320, 180, [true, true, false])).toBe('h');
});

it('gives each a rate by its size, the best the most', () => {
  expect(cameraEncodings({ width: 1280, height: 720 }).map(({ maxBitrate }) => maxBitrate)).toEqual([
    250_000, 800_000, 2_500_000,
  ]);
});

it('has three in the same order whatever the size, as a section gets no more later', () => {
  expect(cameraEncodings({ width: 1, height: 1 }).map(({ rid }) => rid)).toEqual(['q', 'h', 'f']);
});
