import { expect, test } from 'vitest';
import type { NetworkAddress } from '../network/index.js';
import { type MediaAddressesSources, mediaAddresses } from './media-addresses.js';

const of = (address: string, internal = false): NetworkAddress => ({
  address,
  family: address.includes(':') ? 'IPv6' : 'IPv4',
  internal,
});

const LOOPBACK = [of('127.0.0.1', true), of('::1', true)];
const OFFICE = [...LOOPBACK, of('172.17.0.1'), of('10.0.0.5'), of('2001:db8::5'), of('fe80::1')];
const HERE = { bind: [], announce: [], found: OFFICE, routed: ['10.0.0.5', '2001:db8::5'] };

test.each<[string, Partial<MediaAddressesSources>, string[]]>([
  [
    'the way to the internet comes first, loopback and link-local not at all',
    {},
    ['10.0.0.5', '2001:db8::5', '172.17.0.1'],
  ],
  ['a machine alone with itself is told by loopback', { found: LOOPBACK, routed: [] }, ['127.0.0.1', '::1']],
  ['what is bound is what is told', { bind: ['172.17.0.1'] }, ['172.17.0.1']],
  ['every address of a family', { bind: ['0.0.0.0'] }, ['10.0.0.5', '172.17.0.1']],
  ['also loopback where it was asked for', { bind: ['127.0.0.1'] }, ['127.0.0.1']],
  ['an own address that is announced stands alone', { announce: ['172.17.0.1'] }, ['172.17.0.1']],
  [
    'what is in front of the machine has with it what is behind',
    { announce: ['203.0.113.9'] },
    ['203.0.113.9', '10.0.0.5'],
  ],
  [
    'of each family, once',
    { announce: ['203.0.113.9', '203.0.113.10', '2001:db8:1::1'] },
    ['203.0.113.9', '203.0.113.10', '2001:db8:1::1', '10.0.0.5', '2001:db8::5'],
  ],
  ['a name is for pages alone', { announce: ['calls.example.org'], bind: ['10.0.0.5'] }, ['10.0.0.5']],
])('%s', (_what, changes, announced) => {
  expect(mediaAddresses({ ...HERE, ...changes }).announced).toEqual(announced);
});

test.each<[string, string, string[]]>([
  ['by an address that the machine has not', '192.168.1.10', ['192.168.1.10', '10.0.0.5', '2001:db8::5', '172.17.0.1']],
  ['by one of its own', '172.17.0.1', ['10.0.0.5', '2001:db8::5', '172.17.0.1']],
  ['by loopback', '127.0.0.1', ['10.0.0.5', '2001:db8::5', '172.17.0.1']],
  ['by name', 'calls.example.org', ['10.0.0.5', '2001:db8::5', '172.17.0.1']],
])('who reaches it %s', (_how, reachedAs, announced) => {
  expect(mediaAddresses(HERE, reachedAs).announced).toEqual(announced);
});

test('what is announced stands, whatever anybody calls this machine', () => {
  expect(mediaAddresses({ ...HERE, announce: ['203.0.113.9'] }, '192.168.1.10').announced).toEqual([
    '203.0.113.9',
    '10.0.0.5',
  ]);
});

test('each address has a socket of its own, loopback too, and a bound one even if the machine has it not', () => {
  expect(mediaAddresses(HERE).sockets).toEqual(['127.0.0.1', '::1', '172.17.0.1', '10.0.0.5', '2001:db8::5']);
  expect(mediaAddresses({ ...HERE, bind: ['192.0.2.1'] }).sockets).toEqual(['192.0.2.1']);
});
