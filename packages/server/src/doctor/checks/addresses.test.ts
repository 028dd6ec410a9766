import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { judgeAddresses } from './addresses.js';

test.each([
  [['127.0.0.1', '::1'], 'warn', 'loopback only: no network'],
  [['127.0.0.1', 'fe80::1', '169.254.7.7'], 'warn', 'loopback only: no network'],
  [['127.0.0.1', '2001:db8:5::1', 'fd00::5'], 'warn', 'IPv6 2001:db8:5::1, fd00::5; no IPv4'],
  [['127.0.0.1', '192.168.0.5'], 'ok', 'IPv4 192.168.0.5; IPv6 none'],
  [['10.0.0.5', 'fd00::5', 'fe80::1'], 'ok', 'IPv4 10.0.0.5; IPv6 fd00::5'],
])('%j', (addresses, status, value) => {
  expect(inEnglish(judgeAddresses(addresses))).toMatchObject({ status, value });
});
