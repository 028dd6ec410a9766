import { expect, test } from 'vitest';
import { isMeantToClose } from './use-sheet-drag.js';

test('a sheet pulled far or flicked down closes; a nudge and a push upwards do not', () => {
  expect(isMeantToClose(120, 900)).toBe(true);
  expect(isMeantToClose(40, 50)).toBe(true);
  expect(isMeantToClose(40, 400)).toBe(false);
  expect(isMeantToClose(10, 5)).toBe(false);
  expect(isMeantToClose(-200, 50)).toBe(false);
});
