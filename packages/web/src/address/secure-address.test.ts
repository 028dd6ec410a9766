import { expect, test } from 'vitest';
import { secureAddress } from './secure-address.js';

const page = {
  protocol: 'http:',
  hostname: '192.168.0.7',
  pathname: '/r/garden',
  search: '?mode=p2p',
  hash: '#e2ee=tea',
};

test('the secure page is on the same host and path, on the port for https', () => {
  expect(secureAddress(page, 8443)).toBe('https://192.168.0.7:8443/r/garden?mode=p2p#e2ee=tea');
  expect(secureAddress({ ...page, hostname: '[fd00::7]' }, 443)).toBe('https://[fd00::7]/r/garden?mode=p2p#e2ee=tea');
});

test('without https there is no such page', () => {
  expect(secureAddress(page, null)).toBeNull();
  expect(secureAddress({ ...page, protocol: 'https:' }, 8443)).toBeNull();
});
