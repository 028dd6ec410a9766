import type { CandidateFact } from '@madang/client';
import { expect, test } from 'vitest';
import { candidateRows, endpointText } from './candidate-rows.js';
import type { PeerFact } from './connections.js';

const host: CandidateFact = { type: 'host', protocol: 'udp', address: '192.0.2.1', port: 5000 };
const fact = (direction: 'sent' | 'received', candidate: CandidateFact, atMs: number): PeerFact => ({
  type: 'candidate',
  peer: 'b',
  direction,
  candidate,
  atMs,
});

test('candidates of one direction are listed once, as they came', () => {
  const relay: CandidateFact = { ...host, type: 'relay', url: 'turn:turn.example' };
  const facts = [fact('sent', host, 1), fact('sent', host, 2), fact('received', host, 3), fact('sent', relay, 4)];
  expect(candidateRows({ facts }, 'sent')).toEqual([
    { ...host, atMs: 1 },
    { ...relay, atMs: 4 },
  ]);
  expect(candidateRows({ facts }, 'received')).toHaveLength(1);
});

test('an IPv6 address stands in brackets', () => {
  expect(endpointText(host)).toBe('192.0.2.1:5000');
  expect(endpointText({ address: '2001:db8::1', port: 9 })).toBe('[2001:db8::1]:9');
});
