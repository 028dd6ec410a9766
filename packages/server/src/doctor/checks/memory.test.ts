import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { judgeMemory } from './memory.js';

const MIB = 1_048_576;

test.each([
  [8_192, 4_096, undefined, 'ok', '4 GiB available of 8 GiB'],
  [8_192, 200, undefined, 'warn', '200 MiB available of 8 GiB'],
  [8_192, 4_096, 128, 'warn', '128 MiB available of 128 MiB'],
  [8_192, 32, undefined, 'bad', '32 MiB available of 8 GiB'],
])('%i MiB, %i available, limit %s', (total, available, limit, status, value) => {
  const reading = {
    totalBytes: total * MIB,
    availableBytes: available * MIB,
    limitBytes: limit === undefined ? undefined : limit * MIB,
  };
  expect(inEnglish(judgeMemory(reading))).toMatchObject({ status, value });
});
