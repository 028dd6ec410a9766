import { expect, test } from 'vitest';
import { isLocalOnly, roomLink, roomPath } from './room-path.js';

test('names of any script and with spaces survive the address', () => {
  expect(decodeURIComponent(roomPath('우리 마당'))).toBe('/r/우리 마당');
  expect(roomPath('a b')).toBe('/r/a%20b');
});

test('the link has the path prefix', () => {
  expect(roomLink('garden', 'https://example.org', '/call')).toBe('https://example.org/call/r/garden');
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['192.168.0.7', false],
  ['example.org', false],
])('a link to %s works on one machine only: %s', (hostname, expected) => {
  expect(isLocalOnly(hostname)).toBe(expected);
});
