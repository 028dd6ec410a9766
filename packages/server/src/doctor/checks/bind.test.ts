import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { judgeBind } from './bind.js';

const addresses = ['127.0.0.1', '::1', '10.0.0.5'];

test.each([
  [[], false, 'ok', 'all'],
  [['0.0.0.0'], false, 'ok', '0.0.0.0'],
  [['10.0.0.5'], false, 'ok', '10.0.0.5'],
  [['10.0.0.5', '127.0.0.1'], false, 'ok', '10.0.0.5, 127.0.0.1'],
  [['127.0.0.1', '::1'], false, 'warn', '127.0.0.1, ::1: only this machine reaches it'],
  [['127.0.0.2'], true, 'ok', '127.0.0.2, behind a proxy'],
  [['10.0.0.6'], true, 'bad', 'no interface has 10.0.0.6'],
])('%j, proxied %s', (bind, proxied, status, value) => {
  expect(inEnglish(judgeBind({ bind, addresses, proxied }))).toMatchObject({ status, value });
});

test('the remedy for a missing address tells those that are there', () => {
  expect(inEnglish(judgeBind({ bind: ['10.0.0.6'], addresses, proxied: false })).remedy).toContain('10.0.0.5');
});
