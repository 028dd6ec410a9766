import { expect, test } from 'vitest';
import { displayWidth, padDisplay } from './display-width.js';

test.each([
  ['', 0],
  ['ok', 2],
  ['마당', 4],
  ['포트 8080', 9],
  ['마', 2],
  ['é', 1],
  ['“✓”', 3],
  ['\u001b[32m정상\u001b[0m', 4],
  ['🏡', 2],
])('%j takes %i columns', (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

test('padding counts columns, not characters', () => {
  expect(padDisplay('마당', 6)).toBe('마당  ');
  expect(padDisplay('too long', 3)).toBe('too long');
});
