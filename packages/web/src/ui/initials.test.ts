import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './initials.js';

test.each([
  ['김민준', '민준'],
  ['남궁민수', '민수'],
  ['이 산', '이'],
  ['민', '민'],
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['Grace Brewster Hopper', 'GH'],
  ['이민호 Lee', '이L'],
  ['👩‍👩‍👧 family', '👩‍👩‍👧F'],
  ['  ', '?'],
])('%s is shown as %s', (name, expected) => {
  expect(initialsOf(name)).toBe(expected);
});

test('a name keeps its colour', () => {
  expect(hueOf('김민준')).toBe(hueOf('김민준'));
  expect(new Set(['Ada', 'Grace', '민준', '서연', 'Bo'].map(hueOf)).size).toBeGreaterThan(2);
});
