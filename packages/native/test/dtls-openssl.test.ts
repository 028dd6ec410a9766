// The openssl command as the other end: it prints the keys that it derives, so the SRTP contexts can be compared too.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@madang/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isOnPath } from '../../../scripts/debian.mjs';
import { DtlsIdentity, hasAddon, SRTP_PROFILE, SRTP_TRAILER_BYTES, SrtpPair } from '../src/index.js';
import { DtlsEndpoint } from './dtls-endpoint.js';
import { rtpPacket, withRoom } from './rtp-packet.js';

const KEYS = ['-keymatexport', 'EXTRACTOR-dtls_srtp', '-keymatexportlen'];
const PROFILES = [
  { name: 'SRTP_AEAD_AES_128_GCM', profile: SRTP_PROFILE.AEAD_AES_128_GCM, keyBytes: 16, saltBytes: 12 },
  { name: 'SRTP_AEAD_AES_256_GCM', profile: SRTP_PROFILE.AEAD_AES_256_GCM, keyBytes: 32, saltBytes: 12 },
  { name: 'SRTP_AES128_CM_SHA1_80', profile: SRTP_PROFILE.AES_CM_128_HMAC_SHA1_80, keyBytes: 16, saltBytes: 14 },
  { name: 'SRTP_AES128_CM_SHA1_32', profile: SRTP_PROFILE.AES_CM_128_HMAC_SHA1_32, keyBytes: 16, saltBytes: 14 },
] as const;
type Profile = (typeof PROFILES)[number];

let folder: string;
let command: ChildProcessWithoutNullStreams | undefined;
let endpoint: DtlsEndpoint | undefined;
const ours = hasAddon() ? DtlsIdentity.generate() : null!;
const theirs = hasAddon() ? DtlsIdentity.generate() : null!;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madang-dtls-'));
  const { certificate, key } = theirs.exportPem();
  writeFileSync(join(folder, 'certificate.pem'), certificate);
  writeFileSync(join(folder, 'key.pem'), key);
  ours.setSrtpProfiles(PROFILES.map(({ profile }) => profile));
});

afterEach(() => {
  endpoint?.close();
  command?.kill('SIGKILL');
  endpoint = command = undefined;
  rmSync(folder, { recursive: true });
});

/** Starts `openssl`, whose output wakes the endpoint's waiting. Returns what it has printed so far. */
function openssl(...args: string[]): () => string {
  const files = ['-cert', join(folder, 'certificate.pem'), '-key', join(folder, 'key.pem')];
  const child = spawn('openssl', [...args, ...files], { stdio: 'pipe' });
  command = child;
  let printed = '';
  const keep = (text: Buffer): void => {
    printed += text.toString();
    endpoint?.wake();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return () => printed;
}

function exported({ keyBytes, saltBytes }: Profile): string {
  return String(2 * (keyBytes + saltBytes));
}

/** SRTP contexts of the other end, from the keys that `openssl` printed. */
function pairOf(printed: string, { profile, keyBytes, saltBytes }: Profile, isClient: boolean): SrtpPair {
  const bytes = Buffer.from(/Keying material: ([0-9A-F]+)/.exec(printed)![1]!, 'hex');
  const side = (ix: number) =>
    Buffer.concat([
      bytes.subarray(ix * keyBytes, (ix + 1) * keyBytes),
      bytes.subarray(2 * keyBytes + ix * saltBytes, 2 * keyBytes + (ix + 1) * saltBytes),
    ]);
  return SrtpPair.withKeys(profile, { send: side(isClient ? 0 : 1), receive: side(isClient ? 1 : 0) });
}

function carries(from: SrtpPair, to: SrtpPair): boolean {
  const packet = rtpPacket({ ssrc: 7, seq16: 9, payload: Buffer.from('to be carried') });
  const wire = withRoom(packet, SRTP_TRAILER_BYTES);
  const length = from.protectRtp(wire, packet.length);
  return to.unprotectRtp(wire.subarray(0, length)) === packet.length;
}

async function openServer(): Promise<DtlsEndpoint> {
  endpoint = await DtlsEndpoint.open(ours, { role: 'server' });
  endpoint.trust(theirs.fingerprint);
  endpoint.start();
  return endpoint;
}

describe.runIf(hasAddon() && isOnPath('openssl'))("OpenSSL's own command as the peer", () => {
  test.each(PROFILES)('s_client agrees with us on $name, on keys and on data', async (of) => {
    const server = await openServer();
    const address = ['-connect', `127.0.0.1:${server.port}`];
    const printed = openssl('s_client', '-dtls1_2', ...address, '-use_srtp', of.name, ...KEYS, exported(of));
    expect(await server.settled()).toMatchObject({ type: 'connected', srtpProfile: of.profile });
    command!.stdin.write('from the command\n');
    await server.until(() => server.received.length > 0);
    expect(server.received[0]!.toString()).toBe('from the command\n');
    server.send('from here');
    await server.until(() => printed().includes('from here'));
    const [other, own] = [pairOf(printed(), of, true), server.session.takeSrtp()!];
    expect([carries(own, other), carries(other, own)]).toEqual([true, true]);
  });

  test.each(PROFILES)('s_server agrees with us on $name, after its cookie exchange', async (of) => {
    const port = await freePort();
    const own = ['-accept', `127.0.0.1:${port}`, '-listen', '-Verify', '1', '-use_srtp', of.name];
    const printed = openssl('s_server', '-dtls1_2', ...own, ...KEYS, exported(of));
    endpoint = await DtlsEndpoint.open(ours, { role: 'client' });
    const client = endpoint;
    await client.until(() => printed().includes('ACCEPT'));
    client.trust(theirs.fingerprint);
    client.start(port);
    expect(await client.settled()).toMatchObject({ type: 'connected', srtpProfile: of.profile });
    client.send('from here\n');
    await client.until(() => printed().includes('from here') && printed().includes('Keying material'));
    command!.stdin.write('from the command\n');
    await client.until(() => client.received.length > 0);
    const [other, pair] = [pairOf(printed(), of, false), client.session.takeSrtp()!];
    expect([carries(pair, other), carries(other, pair)]).toEqual([true, true]);
  });

  test.each([
    ['a suite without encryption', ['-dtls1_2', '-cipher', 'NULL-SHA256:@SECLEVEL=0']],
    ['a suite without a certificate', ['-dtls1_2', '-cipher', 'ECDH-AESGCM:AECDH-AES128-SHA:@SECLEVEL=0']],
    ['a suite without forward secrecy', ['-dtls1_2', '-cipher', 'AES128-GCM-SHA256']],
    ['CBC', ['-dtls1_2', '-cipher', 'ECDHE-ECDSA-AES128-SHA']],
    ['DTLS 1.0', ['-dtls1', '-cipher', 'ALL:@SECLEVEL=0']],
  ])('refuses s_client with %s', async (_, args) => {
    const server = await openServer();
    const address = ['-connect', `127.0.0.1:${server.port}`];
    openssl('s_client', ...args, ...address, '-use_srtp', 'SRTP_AEAD_AES_128_GCM');
    expect(await server.settled()).toMatchObject({ type: 'failed', why: 'protocol' });
    expect(server.session.takeSrtp()).toBeNull();
  });

  test('refuses s_client without SRTP, and one whose certificate was not announced', async () => {
    const server = await openServer();
    openssl('s_client', '-dtls1_2', '-connect', `127.0.0.1:${server.port}`);
    expect(await server.settled()).toMatchObject({ type: 'failed', why: 'no-srtp-profile' });
    command!.kill('SIGKILL');
    server.close();
    endpoint = await DtlsEndpoint.open(ours, { role: 'server' });
    endpoint.trust(ours.fingerprint);
    endpoint.start();
    openssl('s_client', '-dtls1_2', '-connect', `127.0.0.1:${endpoint.port}`, '-use_srtp', PROFILES[0].name);
    expect(await endpoint.settled()).toEqual({ type: 'failed', why: 'fingerprint', alert: 42 });
  });
});
