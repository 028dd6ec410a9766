import { expect, test } from 'vitest';
import { iceServersOf } from './ice-links.js';

test('servers for ICE are read from the links among which they stand', () => {
  const link =
    '<stun:a.example:3478>; rel="ice-server", <https://x.example>; rel=help, ' +
    '<turn:b.example?transport=udp>; rel="ice-server"; username="1:m"; credential="a\\"b,c;d"; credential-type="password"';
  expect(iceServersOf(link)).toEqual([
    { urls: 'stun:a.example:3478' },
    { urls: 'turn:b.example?transport=udp', username: '1:m', credential: 'a"b,c;d' },
  ]);
  expect(iceServersOf(null)).toEqual([]);
});
