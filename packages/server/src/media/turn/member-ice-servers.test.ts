import { readTimeLimitedName } from '@madang/engine';
import { expect, test } from 'vitest';
import { cryptoHmac } from '../crypto-hashes.js';
import { MemberIceServers, type MemberIceServersOptions, type TurnPlaces, urlsAt } from './member-ice-servers.js';

const WALL_MS = 1_700_000_000_000;
const secret = Buffer.from('a secret that coturn shares');

const places: TurnPlaces = {
  port: 3478,
  tlsPort: 5349,
  reaching: ['192.168.0.5', '2001:db8::5'],
  announce: [],
  hasGivenCertificate: false,
};

const options: MemberIceServersOptions = {
  secret,
  credentialMs: 300_000,
  turnUrls: [],
  others: [],
  wallMs: () => WALL_MS,
};

function serving(changes: Partial<TurnPlaces> = {}, others: Partial<MemberIceServersOptions> = {}): MemberIceServers {
  const servers = new MemberIceServers({ ...options, ...others });
  servers.serve({ ...places, ...changes });
  return servers;
}

test('STUN, then TURN over UDP, TCP and TLS, by the name that the page calls the server', () => {
  expect(serving().for('m1', 'calls.example:8443')).toEqual({
    iceServers: [
      { urls: ['stun:calls.example:3478'] },
      {
        urls: [
          'turn:calls.example:3478?transport=udp',
          'turn:calls.example:3478?transport=tcp',
          'turns:calls.example:5349?transport=tcp',
        ],
        username: '1700000300:m1',
        credential: Buffer.from(cryptoHmac.sha1(secret, Buffer.from('1700000300:m1'))).toString('base64'),
      },
    ],
    iceServersTtlMs: 300_000,
  });
});

test('the credential is what the TURN REST convention says', () => {
  const { username, credential } = serving().credential('m1', 60_000);
  expect(readTimeLimitedName(username)).toEqual({ expiresWallMs: WALL_MS + 60_000, account: 'm1' });
  expect(credential).toBe(Buffer.from(cryptoHmac.sha1(secret, Buffer.from(username))).toString('base64'));
});

test.each<[string, string, Partial<TurnPlaces>, string[]]>([
  ['an IPv6 address in brackets', '[2001:db8::5]:8443', {}, ['stun:[2001:db8::5]:3478']],
  ['an address of the network for a page on this machine', 'localhost:8080', {}, ['stun:192.168.0.5:3478']],
  ['loopback where there is nothing else', '127.0.0.1:8080', { reaching: [] }, ['stun:127.0.0.1:3478']],
  ['nothing for others where there is loopback only', 'calls.example', { reaching: [] }, []],
  ['what is announced', 'calls.example', { announce: ['203.0.113.7'] }, ['stun:203.0.113.7:3478']],
  ['an address of the network where the page said nothing usable', 'a b', {}, ['stun:192.168.0.5:3478']],
  ['nothing where UDP and TCP are off', 'calls.example', { port: null }, []],
])('%s', (_what, host, changes, stun) => {
  const [first] = serving(changes).for('m1', host).iceServers;
  expect(first?.urls.filter((url) => url.startsWith('stun:')) ?? []).toEqual(stun);
});

test('TLS goes by the name that a given certificate is for, and by the announced address otherwise', () => {
  const announced = { ...places, announce: ['203.0.113.7'] };
  const tls = (of: TurnPlaces, name: string) => urlsAt(of, name).turn.filter((url) => url.startsWith('turns:'));
  expect(tls({ ...announced, hasGivenCertificate: true }, 'calls.example')).toEqual([
    'turns:calls.example:5349?transport=tcp',
  ]);
  expect(tls(announced, 'calls.example')).toEqual(['turns:203.0.113.7:5349?transport=tcp']);
  expect(tls({ ...announced, hasGivenCertificate: true }, '203.0.113.7')).toEqual([
    'turns:203.0.113.7:5349?transport=tcp',
  ]);
});

test('other servers of the same secret share the credential, and configured ones are told as they are', () => {
  const other = { urls: ['turn:b.example'], username: 'u', credential: 'c' };
  const turnUrls = ['turn:coturn.example:3478?transport=udp'];
  const servers = new MemberIceServers({ ...options, turnUrls, others: [other] });
  expect(servers.for('m1', 'calls.example')).toEqual({
    iceServers: [{ urls: turnUrls, username: '1700000300:m1', credential: expect.any(String) }, other],
    iceServersTtlMs: 300_000,
  });
});

test('without any TURN server of ours nothing expires', () => {
  expect(new MemberIceServers(options).for('m1', 'calls.example')).toEqual({ iceServers: [] });
});
