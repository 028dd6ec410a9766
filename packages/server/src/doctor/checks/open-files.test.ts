import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { judgeOpenFiles } from './open-files.js';

const NONE = Number.POSITIVE_INFINITY;

test.each([
  [NONE, NONE, 'ok', 'unlimited'],
  [65_536, 65_536, 'ok', '65536, room for about 65472 connections'],
  [4_096, NONE, 'ok', '4096, room for about 4032 connections'],
  [1_024, 524_288, 'warn', '1024 of 524288 possible, room for about 960 connections'],
  [256, 256, 'warn', '256, room for about 192 connections'],
  [255, 255, 'bad', '255, room for about 191 connections'],
  [32, 32, 'bad', '32, room for about 0 connections'],
])('%i of %i is %s', (soft, hard, status, value) => {
  expect(inEnglish(judgeOpenFiles({ soft, hard }))).toMatchObject({ status, value });
});

test('what can not be read is no fault', () => {
  expect(judgeOpenFiles(undefined).status).toBe('ok');
});
