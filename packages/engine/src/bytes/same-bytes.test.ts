import { expect, test } from 'vitest';
import { sameBytes } from './same-bytes.js';

test.each([
  [[], [], true],
  [[1, 2, 3], [1, 2, 3], true],
  [[1, 2, 3], [1, 2, 4], false],
  [[0, 2, 3], [1, 2, 3], false],
  [[1, 2], [1, 2, 3], false],
])('%j and %j: %s', (a, b, same) => {
  expect(sameBytes(Uint8Array.from(a), Uint8Array.from(b))).toBe(same);
});
