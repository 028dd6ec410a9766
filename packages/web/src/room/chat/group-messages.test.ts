import { expect, test } from 'vitest';
import { startsGroup } from './group-messages.js';

const at = (wallMs: number, from = 'a', name = 'Ada') => ({ wallMs, from, name });

test.each([
  [undefined, at(0), true],
  [at(0), at(10_000), false],
  [at(0), at(10_000, 'b'), true],
  [at(0), at(10_000, 'a', 'Ada L.'), true],
  [at(0), at(200_000), true],
])('after %j, %j begins a group: %s', (before, message, expected) => {
  expect(startsGroup(before, message)).toBe(expected);
});
