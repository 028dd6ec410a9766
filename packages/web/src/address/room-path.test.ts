import { expect, test } from 'vitest';
import { invitationLink, roomPath } from './room-path.js';

test('names of any script and with spaces survive the address', () => {
  expect(decodeURIComponent(roomPath('우리 마당'))).toBe('/r/우리 마당');
  expect(roomPath('a b')).toBe('/r/a%20b');
});

const page = (origin: string) => ({ origin, hostname: new URL(origin).hostname });

test('the link to send is the page’s own, with the path prefix', () => {
  expect(invitationLink('garden', page('https://example.org'), { basePath: '/call', lanUrls: [] })).toEqual({
    link: 'https://example.org/call/r/garden',
    isLocalOnly: false,
  });
});

test.each(['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080', 'http://a.localhost'])(
  '%s means another machine elsewhere: the link is one that others reach, if there is any',
  (origin) => {
    const lanUrls = ['https://192.168.0.7:8443/call/'];
    expect(invitationLink('a b', page(origin), { basePath: '/call', lanUrls })).toEqual({
      link: 'https://192.168.0.7:8443/call/r/a%20b',
      isLocalOnly: false,
    });
    expect(invitationLink('a', page(origin), { basePath: '', lanUrls: [] }).isLocalOnly).toBe(true);
  },
);
