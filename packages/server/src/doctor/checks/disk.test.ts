import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { type DiskReading, judgeDisk } from './disk.js';

const MIB = 1_048_576;
const WELL: DiskReading = {
  directory: '/d',
  unwritable: undefined,
  freeBytes: 4_096 * MIB,
  freeFiles: 100_000,
  user: 'min',
};

test.each<[Partial<DiskReading>, string, string]>([
  [{}, 'ok', '/d, 4 GiB free'],
  [{ freeFiles: undefined }, 'ok', '/d, 4 GiB free'],
  [{ freeBytes: 500 * MIB }, 'warn', '/d, 500 MiB free'],
  [{ freeBytes: 0 }, 'bad', '/d, 0 B free'],
  [{ freeFiles: 12 }, 'warn', '/d has room for only 12 more files'],
  [{ unwritable: 'EROFS' }, 'bad', '/d can’t be written (EROFS)'],
])('%j', (changes, status, value) => {
  expect(inEnglish(judgeDisk({ ...WELL, ...changes }))).toMatchObject({ status, value });
});

test('whoever may not write is named in the remedy', () => {
  expect(inEnglish(judgeDisk({ ...WELL, unwritable: 'EACCES' })).remedy).toContain('user min');
});
