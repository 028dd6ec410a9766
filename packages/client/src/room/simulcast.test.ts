import { expect, it } from 'vitest';
import { cameraEncodings } from './simulcast.js';

const widths = (width: number, height: number, wanted?: boolean[]): string =>
  cameraEncodings({ width, height }, wanted)
    .flatMap(({ rid, active, scaleResolutionDownBy = 1 }) => (active ? [`${rid}${width / scaleResolutionDownBy}`] : []))
    .join(' ');

it.each([
  [1920, 1080, 'q480 h960 f1920'],
  [1280, 720, 'q320 h640 f1280'],
  [720, 1280, 'q180 h360 f720'],
  [640, 480, 'q320 h640'],
  [640, 360, 'q320 h640'],
  [320, 240, 'q320'],
])('sends a camera of %i×%i as %s: its full size too, whatever the browser leaves out', (width, height, sent) => {
  expect(widths(width, height)).toBe(sent);
});

it('lets those rest that nobody is to be sent', () => {
  expect(widths(1280, 720, [true, false, false])).toBe('q320');
  expect(widths(1280, 720, [false, false, false])).toBe('');
  expect(widths(640, 360, [false, true, true])).toBe('h640');
});

it('gives each a rate by its size, the best the most', () => {
  const rates = cameraEncodings({ width: 1280, height: 720 }).map(({ maxBitrate }) => maxBitrate);
  expect(rates).toEqual([250_000, 800_000, 2_500_000]);
});

it('has three in the same order whatever the size, as a section gets no more later', () => {
  expect(cameraEncodings({ width: 1, height: 1 }).map(({ rid }) => rid)).toEqual(['q', 'h', 'f']);
});
