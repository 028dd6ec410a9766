import { expect, test } from 'vitest';
import { judgeSecurePages } from './secure-pages.js';

test.each([
  [8_443, false, false, 'ok'],
  ['off', true, false, 'ok'],
  ['off', false, true, 'ok'],
  ['off', false, false, 'warn'],
] as const)('HTTPS %s, proxied %s, loopback only %s: %s', (httpsPort, proxied, loopbackOnly, status) => {
  expect(judgeSecurePages({ httpsPort, proxied, loopbackOnly }).status).toBe(status);
});
