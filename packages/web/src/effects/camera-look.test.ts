import { expect, test } from 'vitest';
import { canvasFilter, isPlain } from './camera-look.js';

const PLAIN = { grey: false, blur: 0, brightness: 100, backgroundBlur: false };

test.each([
  [{}, 'none'],
  [{ grey: true }, 'grayscale(1)'],
  [{ brightness: 150 }, 'brightness(1.5)'],
  [{ blur: 2 }, 'blur(6px)'],
  [{ grey: true, brightness: 80, blur: 10 }, 'grayscale(1) brightness(0.8) blur(30px)'],
])('%j is %s at 720 lines', (change, filter) => {
  expect(canvasFilter({ ...PLAIN, ...change }, 720)).toBe(filter);
});

test('a blur covers the same part of a small picture', () => {
  expect(canvasFilter({ ...PLAIN, blur: 2 }, 360)).toBe('blur(3px)');
});

test('a picture is plain when nothing is done to it', () => {
  expect(isPlain(PLAIN)).toBe(true);
  for (const change of [{ grey: true }, { blur: 1 }, { brightness: 99 }, { backgroundBlur: true }])
    expect(isPlain({ ...PLAIN, ...change })).toBe(false);
});
