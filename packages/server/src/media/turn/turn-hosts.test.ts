import { parseHost } from '@madang/engine';
import { describe, expect, test } from 'vitest';
import { type TurnHosts, turnHosts } from './turn-hosts.js';

const found = [
  { address: '127.0.0.1', family: 'IPv4', internal: true },
  { address: '::1', family: 'IPv6', internal: true },
  { address: '172.17.0.1', family: 'IPv4', internal: false },
  { address: '192.168.1.5', family: 'IPv4', internal: false },
  { address: 'fe80::1', family: 'IPv6', internal: false },
  { address: '2001:db8:7::5', family: 'IPv6', internal: false },
] as const;
const nothing = { bind: [], announce: [], found, routed: [] };
const relaysOf = ({ relays }: TurnHosts) => relays.map(({ host, announced }) => [host, announced]);
const relay = (host: string, announced = host) => [parseHost(host), parseHost(announced)];

describe('where a TURN server listens and relays', () => {
  test('on every address but link-local ones', () => {
    const { clients } = turnHosts(nothing);
    expect(clients).toEqual(['127.0.0.1', '::1', '172.17.0.1', '192.168.1.5', '2001:db8:7::5']);
  });

  test('relays on the address of the way to the internet, in each family', () => {
    const hosts = turnHosts({ ...nothing, routed: ['192.168.1.5', '2001:db8:7::5'] });
    expect(relaysOf(hosts)).toEqual([relay('192.168.1.5'), relay('2001:db8:7::5')]);
  });

  test('without a way there relays on one that others reach, and on loopback when there is no other', () => {
    expect(relaysOf(turnHosts(nothing))).toEqual([relay('172.17.0.1'), relay('2001:db8:7::5')]);
    const alone = turnHosts({ ...nothing, found: found.slice(0, 2) });
    expect(relaysOf(alone)).toEqual([relay('127.0.0.1'), relay('::1')]);
  });

  test('tells the announced address of a family, from the address behind it', () => {
    const hosts = turnHosts({ ...nothing, routed: ['192.168.1.5'], announce: ['203.0.113.9', 'turn.example.org'] });
    expect(relaysOf(hosts)).toEqual([relay('192.168.1.5', '203.0.113.9'), relay('2001:db8:7::5')]);
    expect(hosts.own).toContainEqual(parseHost('203.0.113.9'));
  });

  test('relays on several addresses when each is announced and its own', () => {
    const hosts = turnHosts({ ...nothing, announce: ['172.17.0.1', '192.168.1.5'] });
    expect(relaysOf(hosts)).toEqual([relay('172.17.0.1'), relay('192.168.1.5'), relay('2001:db8:7::5')]);
  });

  test('keeps to bound addresses, wildcards being all of their family', () => {
    expect(turnHosts({ ...nothing, bind: ['192.168.1.5'] }).clients).toEqual(['192.168.1.5']);
    expect(turnHosts({ ...nothing, bind: ['0.0.0.0'] }).clients).toEqual(['127.0.0.1', '172.17.0.1', '192.168.1.5']);
    expect(relaysOf(turnHosts({ ...nothing, bind: ['127.0.0.1'] }))).toEqual([relay('127.0.0.1')]);
  });

  test('opens an address that is not there, so that its being wrong is noticed', () => {
    expect(turnHosts({ ...nothing, bind: ['10.9.9.9'] }).clients).toEqual(['10.9.9.9']);
  });
});
