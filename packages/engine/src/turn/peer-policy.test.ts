import { describe, expect, test } from 'vitest';
import { parseHost } from '../stun/index.js';
import { parseHostRange } from './host-range.js';
import { PeerPolicy } from './peer-policy.js';

const host = (text: string) => parseHost(text) as Uint8Array;

const policy = (...allowed: string[]) =>
  new PeerPolicy({
    ownHosts: [host('198.51.100.20'), host('2a00:1::20')],
    servicePorts: [3478, 8080],
    allowedPeers: allowed.map((text) => parseHostRange(text)!),
    isOpen: (_host, port) => port === 40_000 || port === 50_000,
  });

describe('nobody on the open internet is refused', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.1.1',
    '192.169.0.1',
    '223.255.255.255',
    '2a00:1450::1',
    '2606:4700::1111',
    '2003::1',
    '2001:4860:4860::8888',
  ])('%s', (text) => {
    expect(policy().refusal(host(text), 40_000)).toBeNull();
  });
});

describe('addresses that are nobody’s are refused', () => {
  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fc00::1',
    'fdff::1',
    'fe80::1',
    'febf::1',
    'fec0::1',
    'ff02::1',
    '2001:db8::1',
    '100::1',
  ])('%s', (text) => {
    expect(policy().refusal(host(text), 40_000)).toBe('peer_range');
    expect(policy().refusalOfHost(host(text), 0)).toBe('peer_range');
  });
});

describe('IPv6 addresses that stand for an IPv4 one are refused, whatever is allowed', () => {
  test.each([
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '::8.8.8.8',
    '64:ff9b::10.0.0.1',
    '64:ff9b:1::1',
    '2002:7f00:1::1',
    '2001:0:1::1',
    '::ffff:0:127.0.0.1',
  ])('%s', (text) => {
    expect(policy('127.0.0.0/8', '0.0.0.0/0', '::/0').refusalOfHost(host(text), 40_000)).toBe('peer_embedded');
  });
});

test('a range that is allowed is allowed, and no more than that', () => {
  const tested = policy('127.0.0.0/8', 'fd00::/8');
  expect(tested.refusal(host('127.0.0.1'), 40_001)).toBeNull();
  expect(tested.refusal(host('fd12::1'), 40_001)).toBeNull();
  expect(tested.refusal(host('10.0.0.1'), 40_001)).toBe('peer_range');
  expect(tested.refusal(host('::1'), 40_001)).toBe('peer_range');
  expect(tested.refusal(host('fc12::1'), 40_001)).toBe('peer_range');
});

test.each(['198.51.100.20', '2a00:1::20'])('of the own address %s only relayed and media ports are open', (text) => {
  const tested = policy();
  expect([40_000, 50_000].map((port) => tested.refusal(host(text), port))).toEqual([null, null]);
  expect(tested.refusal(host(text), 50_001)).toBe('peer_own');
  expect(tested.refusalOfHost(host(text), 0)).toBe('peer_own');
  expect(tested.refusalOfHost(host(text), 50_000)).toBeNull();
});

test('the services of this process are no peers, on no address of this machine, whatever is allowed', () => {
  const tested = policy('0.0.0.0/0', '::/0');
  for (const text of ['198.51.100.20', '127.0.0.1', '127.8.8.8', '::1', '2a00:1::20', '0.0.0.0']) {
    expect([3478, 8080].map((port) => tested.refusal(host(text), port))).toEqual(['peer_service', 'peer_service']);
  }
  expect(tested.refusal(host('8.8.8.8'), 3478)).toBeNull();
});

test.each([
  [0, 'peer_port'],
  [22, 'peer_port'],
  [53, 'peer_port'],
  [442, 'peer_port'],
  [443, null],
  [1_023, 'peer_port'],
  [1_024, null],
  [65_535, null],
])('port %i: %s', (port, refusal) => {
  expect(policy().refusal(host('8.8.8.8'), port)).toBe(refusal);
  expect(policy().refusalOfHost(host('8.8.8.8'), port)).toBeNull();
});

test.each(['10.0.0.0/33', '10.0.0.0/-1', '10.0.0/8', '::/129', '1.2.3.4/8/9', '', 'all', '1.2.3.4/', '1.2.3.4/x'])(
  '"%s" is no range',
  (text) => {
    expect(parseHostRange(text)).toBeNull();
  },
);
