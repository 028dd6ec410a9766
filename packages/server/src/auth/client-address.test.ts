import { describe, expect, it } from 'vitest';
import { addressGroup, type CallerSource, callerOf, proxyTrust } from './client-address.js';

function from(remoteAddress: string | undefined, headers: Record<string, string>, encrypted = false): CallerSource {
  return { headers: { host: 'inner:8080', ...headers }, socket: { remoteAddress, encrypted } };
}

describe('the address of the caller', () => {
  const rows: [name: string, trust: string[], peer: string, forwardedFor: string | undefined, expected: string][] = [
    ['is the socket when nothing is trusted', [], '10.0.0.9', '1.2.3.4', '10.0.0.9'],
    ['loses the IPv4 prefix', [], '::ffff:10.0.0.9', undefined, '10.0.0.9'],
    ['loses the zone', [], 'fe80::1%eth0', undefined, 'fe80::1'],
    ['is the forwarded one behind a trusted proxy', ['10.0.0.0/8'], '10.0.0.9', '1.2.3.4', '1.2.3.4'],
    ['is the right-most untrusted one', ['10.0.0.0/8'], '10.0.0.9', '6.6.6.6, 1.2.3.4, 10.0.0.8', '1.2.3.4'],
    ['ignores what an untrusted peer forwards', ['10.0.0.0/8'], '1.2.3.4', '127.0.0.1', '1.2.3.4'],
    ['is the left-most when all are trusted', ['all'], '10.0.0.9', '6.6.6.6, 1.2.3.4', '6.6.6.6'],
    ['stops at an entry that is no address', ['all'], '10.0.0.9', 'unknown, 1.2.3.4', '1.2.3.4'],
    ['stays the proxy when the nearest entry is no address', ['all'], '10.0.0.9', '1.2.3.4, <script>', '10.0.0.9'],
    ['stays the proxy when it forwards nothing', ['loopback'], '127.0.0.1', undefined, '127.0.0.1'],
    ['takes off a port', ['loopback'], '127.0.0.1', '1.2.3.4:5678', '1.2.3.4'],
    ['takes off brackets and a port', ['loopback'], '::1', '[2001:db8::7]:443', '2001:db8::7'],
    ['matches an IPv4 range against a mapped peer', ['127.0.0.1'], '::ffff:127.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['does not read decimal or octal addresses', ['loopback'], '127.0.0.1', '2130706433', '127.0.0.1'],
    ['does not take ::1 for an IPv4 proxy', ['127.0.0.0/8'], '::1', '1.2.3.4', '::1'],
  ];
  it.each(rows)('%s', (_name, trust, peer, forwardedFor, expected) => {
    const headers: Record<string, string> = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
    expect(callerOf(from(peer, headers), proxyTrust(trust)).address).toBe(expected);
  });

  it('is empty on a socket without an address, which nobody trusts but `all`', () => {
    const source = from(undefined, { 'x-forwarded-for': '1.2.3.4' });
    expect(callerOf(source, proxyTrust(['loopback'])).address).toBe('');
    expect(callerOf(source, proxyTrust(['all'])).address).toBe('1.2.3.4');
  });
});

describe('protocol and host of the caller', () => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'meet.example:8443' };
  const rows: [string, string[], Record<string, string>, string][] = [
    ['come from the socket when nothing is trusted', [], forwarded, 'http://inner:8080'],
    ['come from a trusted proxy', ['loopback'], forwarded, 'https://meet.example:8443'],
    ['stay when the proxy says nothing', ['loopback'], {}, 'http://inner:8080'],
    [
      'stay when the proxy says nonsense',
      ['loopback'],
      { 'x-forwarded-proto': 'gopher', 'x-forwarded-host': 'a/b' },
      'http://inner:8080',
    ],
    [
      'are those of the outermost trusted proxy, not what the caller put before',
      ['loopback'],
      { 'x-forwarded-proto': 'http, https', 'x-forwarded-host': 'evil.example, meet.example' },
      'https://meet.example',
    ],
    [
      'are found through two proxies that both append',
      ['loopback', '10.0.0.0/8'],
      {
        'x-forwarded-for': '1.2.3.4, 10.0.0.1',
        'x-forwarded-proto': 'https, http',
        'x-forwarded-host': 'meet.example, inner',
      },
      'https://meet.example',
    ],
    ['take a bracketed host', ['loopback'], { 'x-forwarded-host': '[2001:db8::1]:8443' }, 'http://[2001:db8::1]:8443'],
  ];
  it.each(rows)('%s', (_name, trust, headers, expected) => {
    const caller = callerOf(from('127.0.0.1', headers), proxyTrust(trust));
    expect(`${caller.protocol}://${caller.host}`).toBe(expected);
  });

  it('is https on an encrypted socket', () => {
    expect(callerOf(from('1.2.3.4', {}, true), proxyTrust([])).protocol).toBe('https');
  });
});

describe('the list of trusted proxies', () => {
  it.each(['10.0.0.0/99', 'localhost', '', 'proxy.example', '10.0.0.0/'])('refuses "%s" by name', (entry) => {
    expect(() => proxyTrust([entry])).toThrow(`"${entry}"`);
  });
});

describe('the group an address is counted in', () => {
  it.each([
    ['1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('of %s is %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });
});
