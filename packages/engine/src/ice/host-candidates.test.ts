import { expect, test } from 'vitest';
import { writeCandidate } from '../sdp/index.js';
import { candidatePriority, pairPriority } from './candidate-priority.js';
import { hostCandidates } from './host-candidates.js';

test('what is inside and what is in front of a NAT are announced together, over UDP and passive TCP', () => {
  const candidates = hostCandidates({
    addresses: ['203.0.113.5', '10.0.0.5', '2001:db8::5'],
    udpPort: 40_000,
    tcpPort: 40_000,
  });
  expect(candidates.map(writeCandidate)).toEqual([
    'candidate:1 1 udp 2130706431 203.0.113.5 40000 typ host',
    'candidate:2 1 udp 2130706175 10.0.0.5 40000 typ host',
    'candidate:3 1 udp 2130705919 2001:db8::5 40000 typ host',
    'candidate:4 1 tcp 1520435199 203.0.113.5 40000 typ host tcptype passive',
    'candidate:5 1 tcp 1520434943 10.0.0.5 40000 typ host tcptype passive',
    'candidate:6 1 tcp 1520434687 2001:db8::5 40000 typ host tcptype passive',
  ]);
});

test('nothing is announced that cannot be reached, and nothing twice', () => {
  const addresses = [
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
    'host.example',
    '127.0.0.1',
    '127.0.0.1',
  ];
  const candidates = hostCandidates({ addresses, udpPort: 1, tcpPort: null });
  expect(candidates.map(({ address }) => address)).toEqual(['127.0.0.1']);
});

test('priorities are those of RFC 8445 §5.1.2.1 and fit 31 bits', () => {
  expect(candidatePriority({ type: 'host', rank: 8191 })).toBe(2_130_706_431);
  expect(candidatePriority({ type: 'relay', rank: 0, component: 2 })).toBe((65_535 - 8191) * 256 + 254);
});

test('a pair has one priority, whoever counts it but for who controls (RFC 8445 §6.1.2.3)', () => {
  expect(pairPriority(10, 7)).toBe((7n << 32n) + 21n);
  expect(pairPriority(7, 10)).toBe((7n << 32n) + 20n);
});
