import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { issueAuthority, issueServer, type KeyPair } from '../src/tls/issue.js';
import { localCertificates } from '../src/tls/local-authority.js';
import { type LocalNames, localNames } from '../src/tls/local-names.js';
import { constraintsFor } from '../src/tls/name-constraints.js';

const DAY_MS = 86_400_000;
const NOW = Date.now();
const names: LocalNames = {
  dns: ['localhost', 'desk', 'desk.local'],
  addresses: ['127.0.0.1', '::1', '192.168.1.7', 'fd00::7', 'fe80::1'],
};

const freshDirectory = () => mkdtempSync(join(tmpdir(), 'madang-tls-'));
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** What Node's own TLS says about a server with this certificate, when `ca` is all it trusts. */
async function handshake(pair: KeyPair, ca: string, name: string): Promise<'trusted' | string> {
  const server = createServer({ cert: pair.cert, key: pair.key }, (socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    const isAddress = /^[\d.]+$|:/.test(name);
    const socket: TLSSocket = connect({
      host: '127.0.0.1',
      port,
      ca,
      ...(isAddress ? {} : { servername: name }),
      checkServerIdentity: (_host, certificate) => {
        const leaf = new X509Certificate(certificate.raw);
        const matches = isAddress ? leaf.checkIP(name) : leaf.checkHost(name);
        return matches === undefined ? new Error('another name') : undefined;
      },
    });
    socket.once('secureConnect', () => {
      resolve('trusted');
      socket.destroy();
    });
    socket.once('error', (error: Error) => resolve(error.message));
  });
}

describe('the certificate of the local authority', () => {
  test.each([...names.dns, ...names.addresses])('is trusted for %s', async (name) => {
    const { server, authority } = await localCertificates(sharedDirectory, names, NOW);
    expect(await handshake(server, authority.cert, name)).toBe('trusted');
  });
  const sharedDirectory = freshDirectory();

  test('is trusted for no other name', async () => {
    const { server, authority } = await localCertificates(sharedDirectory, names, NOW);
    expect(await handshake(server, authority.cert, 'example.org')).toBe('another name');
  });

  test('is not trusted without the authority, nor by another one', async () => {
    const { server } = await localCertificates(sharedDirectory, names, NOW);
    const other = await localCertificates(freshDirectory(), names, NOW);
    expect(await handshake(server, other.authority.cert, 'localhost')).not.toBe('trusted');
  });

  test('lives at most 397 days, its authority ten years', async () => {
    const { server, authority } = await localCertificates(sharedDirectory, names, NOW);
    const days = ({ cert }: KeyPair) => {
      const { validFrom, validTo } = new X509Certificate(cert);
      return (Date.parse(validTo) - Date.parse(validFrom)) / DAY_MS;
    };
    expect(days(server)).toBeLessThanOrEqual(397);
    expect(days(server)).toBeGreaterThan(390);
    expect(Math.round(days(authority) / 365)).toBe(10);
    expect(new X509Certificate(authority.cert).ca).toBe(true);
    expect(new X509Certificate(server.cert).ca).toBe(false);
  });
});

test('an authority is no danger: what it signs for a public name or address is refused', async () => {
  const authority = await issueAuthority('Test', constraintsFor(names), NOW);
  const inside = await issueServer(authority, { dns: ['printer.local'], addresses: ['10.1.2.3'] }, NOW);
  expect(await handshake(inside, authority.cert, 'printer.local')).toBe('trusted');
  for (const foreign of [
    { dns: ['example.org'], addresses: [] },
    { dns: ['localhost'], addresses: ['8.8.8.8'] },
    { dns: ['localhost'], addresses: ['2606:4700::1111'] },
  ]) {
    const pair = await issueServer(authority, foreign, NOW);
    expect(await handshake(pair, authority.cert, 'localhost')).toBe('permitted subtree violation');
    expect(await handshake(pair, authority.cert, 'example.org')).toBe('permitted subtree violation');
  }
});

describe('on the next start', () => {
  test('authority and certificate are the same', async () => {
    const directory = freshDirectory();
    const first = await localCertificates(directory, names, NOW);
    const second = await localCertificates(directory, names, NOW + 300 * DAY_MS);
    expect(second.authority.cert.trim()).toBe(first.authority.cert.trim());
    expect(second.server.cert.trim()).toBe(first.server.cert.trim());
  });

  test('a certificate with less than 30 days left is made anew, by the same authority', async () => {
    const directory = freshDirectory();
    const first = await localCertificates(directory, names, NOW);
    const later = await localCertificates(directory, names, NOW + 370 * DAY_MS);
    expect(later.authority.cert.trim()).toBe(first.authority.cert.trim());
    expect(later.server.cert.trim()).not.toBe(first.server.cert.trim());
  });

  test('a new address gets into a new certificate', async () => {
    const directory = freshDirectory();
    const first = await localCertificates(directory, names, NOW);
    const moved = { ...names, addresses: [...names.addresses, '192.168.9.9'] };
    const second = await localCertificates(directory, moved, NOW);
    expect(second.authority.cert.trim()).toBe(first.authority.cert.trim());
    expect(new X509Certificate(second.server.cert).checkIP('192.168.9.9')).toBe('192.168.9.9');
    expect(second.leftOut).toEqual([]);
    const back = await localCertificates(directory, names, NOW);
    expect(back.server.cert.trim()).toBe(second.server.cert.trim());
  });

  test('a public address that the authority does not know is left out, and named', async () => {
    const directory = freshDirectory();
    await localCertificates(directory, names, NOW);
    const { server, authority, leftOut } = await localCertificates(
      directory,
      localNames(['203.0.113.9'], [], 'desk'),
      NOW,
    );
    expect(leftOut).toEqual(['203.0.113.9']);
    expect(await handshake(server, authority.cert, 'localhost')).toBe('trusted');
  });

  test('a broken file is replaced', async () => {
    const directory = freshDirectory();
    await localCertificates(directory, names, NOW);
    writeFileSync(join(directory, 'tls', 'server.pem'), 'nonsense');
    const second = await localCertificates(directory, names, NOW);
    expect(await handshake(second.server, second.authority.cert, 'localhost')).toBe('trusted');
    writeFileSync(join(directory, 'tls', 'authority.pem'), readFileSync(join(directory, 'tls', 'server.pem')));
    const third = await localCertificates(directory, names, NOW);
    expect(await handshake(third.server, third.authority.cert, 'localhost')).toBe('trusted');
  });
});

test('nobody but the owner may read the keys', async () => {
  const directory = freshDirectory();
  await localCertificates(directory, names, NOW);
  expect(statSync(join(directory, 'tls')).mode & 0o777).toBe(0o700);
  for (const file of ['authority.pem', 'server.pem']) {
    expect(statSync(join(directory, 'tls', file)).mode & 0o777).toBe(0o600);
  }
});

test('two first starts at the same moment end with one authority', async () => {
  const directory = freshDirectory();
  const starts = await Promise.all([1, 2, 3].map(() => localCertificates(directory, names, NOW)));
  const authorities = new Set(starts.map(({ authority }) => authority.cert.trim()));
  expect(authorities.size).toBe(1);
});

test('every name and address of the machine is found', () => {
  const found = localNames(
    ['203.0.113.9'],
    [
      { address: '127.0.0.1', family: 'IPv4', internal: true },
      { address: '192.168.1.7', family: 'IPv4', internal: false },
      { address: 'fd00::7', family: 'IPv6', internal: false },
    ],
    'Desk.lan',
  );
  expect(found.dns).toEqual(['localhost', 'desk.lan', 'desk.local']);
  expect(found.addresses).toEqual(['127.0.0.1', '::1', '192.168.1.7', 'fd00::7', '203.0.113.9']);
});
