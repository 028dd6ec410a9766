import { expect, it } from 'vitest';
import { maxBitrateBps } from './encodings.js';
import { SILENT, speakingStep } from './speaking.js';

/** Feeds one level every 100 ms. */
function heard(levels: readonly number[]): string {
  let state = SILENT;
  return levels
    .map((level, ix) => {
      state = speakingStep(state, level, ix * 100);
      return state.speaking ? '#' : '.';
    })
    .join('');
}

it('hears speech begin at once and end after a pause', () => {
  expect(heard([0, 0.2, 0.2, 0, 0, 0, 0, 0, 0, 0, 0, 0])).toBe('.#########..');
});

it('is not stopped by a breath, nor started by noise', () => {
  expect(heard([0.2, 0, 0, 0, 0.2, 0])).toBe('######');
  expect(heard([0.02, 0.02, 0.029])).toBe('...');
});

it('does not flicker between the thresholds', () => {
  expect(heard([0.2, ...Array.from({ length: 20 }, () => 0.02)])).toBe('#'.repeat(21));
});

it('gives each camera less as more get it, and leaves sound to the browser', () => {
  const rates = [0, 1, 2, 3, 9].map((others) => maxBitrateBps('camera', others) ?? 0);
  expect(rates).toEqual([...rates].sort((a, b) => b - a));
  expect(rates[1]).toBeGreaterThan(rates[3]!);
  expect(maxBitrateBps('microphone', 1)).toBeUndefined();
  expect(maxBitrateBps('screen', 3)).toBe(maxBitrateBps('screen', 1));
});
