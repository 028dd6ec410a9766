import { expect, it } from 'vitest';
import { signalingAddress } from './address.js';
import { backOffMs } from './back-off.js';
import { connectErrorCode } from './connect-error.js';
import { EventSequence } from './event-sequence.js';

it.each([
  ['https://meet.example', 'https://meet.example', '/socket.io'],
  ['https://meet.example/', 'https://meet.example', '/socket.io'],
  ['http://10.0.0.1:8080/madang/', 'http://10.0.0.1:8080', '/madang/socket.io'],
  ['https://meet.example/a/b?x=1', 'https://meet.example', '/a/b/socket.io'],
])('finds the signaling of %s', (base, origin, path) => {
  expect(signalingAddress(base)).toEqual({ origin, path });
});

it('waits a little at first, longer later, never the same for everyone', () => {
  expect(backOffMs(0, 1)).toBe(100);
  expect([1, 2, 3].map((attempt) => backOffMs(attempt, 1))).toEqual([250, 500, 1_000]);
  expect(backOffMs(40, 1)).toBe(5_000);
  expect(backOffMs(40, 0)).toBe(2_500);
});

it('accepts each event once and in order', () => {
  const sequence = new EventSequence(4);
  expect([5, 5, 3, 7, 6, 7].map((seq) => sequence.accept(seq))).toEqual([
    'next',
    'repeated',
    'repeated',
    'gap',
    'next',
    'next',
  ]);
  expect(sequence.last).toBe(7);
});

it.each([
  [{ data: { code: 'origin_refused' } }, 'origin_refused'],
  [{ data: { error: { code: 'too_many_connections' } } }, 'too_many_connections'],
  [{ context: { responseText: '{"error":{"code":"origin_refused"}}' } }, 'origin_refused'],
  [{ context: { responseText: '<h1>403</h1>' } }, undefined],
  [{ data: { code: 'of another program' } }, undefined],
  [new Error('websocket error'), undefined],
  [null, undefined],
])('reads from %j why the server turned the connection away', (error, code) => {
  expect(connectErrorCode(error)).toBe(code);
});
