import { describe, expect, test } from 'vitest';
import { readInvitation } from './invitation.js';

describe('what stands for a room', () => {
  test.each([
    ['tea', 'http://localhost:8080', 'http://localhost:8080/', 'tea'],
    ['tea', 'https://a.example/calls/', 'https://a.example/calls/', 'tea'],
    ['https://a.example/calls/r/tea', 'http://localhost:8080', 'https://a.example/calls/', 'tea'],
    [
      'https://a.example:8443/r/%EB%A7%88%EB%8B%B9?mode=p2p#x',
      'http://localhost:8080',
      'https://a.example:8443/',
      '마당',
    ],
    ['https://a.example/r/%E0%A4%A', 'http://localhost:8080', 'https://a.example/', '%E0%A4%A'],
  ])('%s at %s', (room, url, base, name) => {
    expect(readInvitation(room, url)).toEqual({ url: base, room: name });
  });

  test.each([
    ['tea', 'localhost:8080', /--url must be an address/],
    ['https://a.example/tea', 'http://localhost:8080', /no link to a room/],
  ])('%s at %s is refused', (room, url, message) => {
    expect(() => readInvitation(room, url)).toThrow(message);
  });
});
