import { expect, test } from 'vitest';
import { withJosa } from './with-josa.js';

test.each([
  ['마이크', '을/를', '마이크를'],
  ['화면', '을/를', '화면을'],
  ['민준', '이/가', '민준이'],
  ['카메라 1', '이/가', '카메라 1이'],
  ['Tom', '이/가', 'Tom이(가)'],
  ['', '은/는', '은(는)'],
] as const)('%s with %s becomes %s', (word, particle, expected) => {
  expect(withJosa(word, particle)).toBe(expected);
});
