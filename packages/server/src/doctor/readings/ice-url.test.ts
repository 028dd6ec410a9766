import { expect, test } from 'vitest';
import { readIceUrl } from './ice-url.js';

test.each([
  ['stun:a.example', false, 'udp', 'a.example', 3_478],
  ['stun:a.example:19302', false, 'udp', 'a.example', 19_302],
  ['STUNS:a.example', false, 'tls', 'a.example', 5_349],
  ['turn:a.example?transport=tcp', true, 'tcp', 'a.example', 3_478],
  ['turn:[2001:db8::1]:443?transport=udp', true, 'udp', '2001:db8::1', 443],
  ['turns:a.example:443?transport=tcp', true, 'tls', 'a.example', 443],
  ['turns:a.example?transport=udp', true, 'dtls', 'a.example', 5_349],
])('%s', (url, relays, transport, host, port) => {
  expect(readIceUrl(url)).toEqual({ relays, transport, host, port });
});
