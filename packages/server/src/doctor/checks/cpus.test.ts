import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { judgeCpus } from './cpus.js';

test.each([
  [1, undefined, 'ok', 'one'],
  [8, undefined, 'ok', '8'],
  [8, 16, 'ok', '8'],
  [8, 2.5, 'ok', '8, of which 2.5 may be used'],
  [8, 0.5, 'warn', '8, of which 0.5 may be used'],
])('%i processors with a quota of %s', (count, quota, status, value) => {
  expect(inEnglish(judgeCpus({ count, quota }))).toMatchObject({ status, value });
});
