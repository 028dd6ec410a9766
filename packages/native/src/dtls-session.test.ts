import { createPrivateKey } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { DtlsEndpoint } from '../test/dtls-endpoint.js';
import { rtpPacket, withRoom } from '../test/rtp-packet.js';
import { DtlsIdentity, DtlsSession, HelloGuard, hasAddon, SRTP_PROFILE, SRTP_TRAILER_BYTES } from './index.js';

const open: DtlsEndpoint[] = [];

async function endpoint(identity: DtlsIdentity, role: 'client' | 'server', more = {}): Promise<DtlsEndpoint> {
  const end = await DtlsEndpoint.open(identity, { role, ...more });
  open.push(end);
  return end;
}

afterEach(() => {
  for (const end of open.splice(0)) end.close();
});

describe.runIf(hasAddon())('a DTLS session, on the OpenSSL of Node', () => {
  test('two of them agree on keys that only they have, and carry data', async () => {
    const [a, b] = [DtlsIdentity.generate(), DtlsIdentity.generate()];
    const client = await endpoint(a, 'client');
    const server = await endpoint(b, 'server');
    client.trust(b.fingerprint);
    server.trust(a.fingerprint.toLowerCase());
    server.start();
    client.start(server.port);
    const connected = { type: 'connected', srtpProfile: SRTP_PROFILE.AEAD_AES_128_GCM };
    expect(await client.settled()).toMatchObject(connected);
    expect(await server.settled()).toMatchObject(connected);
    client.send('to the server');
    await server.until(() => server.received.length > 0);
    expect(server.received[0]!.toString()).toBe('to the server');
    const [ours, theirs] = [client.session.takeSrtp()!, server.session.takeSrtp()!];
    expect(client.session.takeSrtp()).toBeNull();
    const packet = rtpPacket({ ssrc: 1, seq16: 2, payload: Buffer.from('media') });
    const wire = withRoom(packet, SRTP_TRAILER_BYTES);
    const length = ours.protectRtp(wire, packet.length);
    expect(theirs.unprotectRtp(wire.subarray(0, length))).toBe(packet.length);
    client.session.close();
  });

  test('a certificate that signaling did not announce fails both, each with its reason', async () => {
    const [a, b] = [DtlsIdentity.generate(), DtlsIdentity.generate()];
    const client = await endpoint(a, 'client');
    const server = await endpoint(b, 'server');
    client.trust(a.fingerprint);
    server.trust(a.fingerprint);
    server.start();
    client.start(server.port);
    expect(await client.settled()).toEqual({ type: 'failed', why: 'fingerprint', alert: 42 });
    expect(await server.settled()).toEqual({ type: 'failed', why: 'alert', alert: 42 });
    expect(client.session.takeSrtp()).toBeNull();
  });

  test('a guarded server keeps nothing until a cookie comes back', async () => {
    const [a, b] = [DtlsIdentity.generate(), DtlsIdentity.generate()];
    const guard = new HelloGuard();
    const client = await endpoint(a, 'client');
    const server = await endpoint(b, 'server', { afterCookie: true });
    const verdicts: string[] = [];
    server.intercept = (datagram, from) => {
      if (verdicts.includes('accept')) return false;
      const verdict = guard.check(datagram, Buffer.from(`${from.address}:${from.port}`), performance.now());
      verdicts.push(verdict.type);
      if (verdict.type === 'reply') server.sendRaw(verdict.datagram, from);
      return verdict.type !== 'accept';
    };
    client.trust(b.fingerprint);
    server.trust(a.fingerprint);
    server.start();
    client.start(server.port);
    expect((await client.settled()).type).toBe('connected');
    expect(verdicts.at(0)).toBe('reply');
    expect(verdicts.at(-1)).toBe('accept');
  });

  test('a server that needs no certificate is connected without, and may send more than in the handshake', async () => {
    const identity = DtlsIdentity.generate();
    const client = await endpoint(DtlsIdentity.generate(), 'client');
    const server = await endpoint(identity, 'server', {
      needsCertificate: false,
      needsSrtp: false,
      maxDatagramBytes: 1_000,
      maxDataDatagramBytes: 1_900,
    });
    client.trust(identity.fingerprint);
    server.start();
    client.start(server.port);
    const state = await server.settled();
    expect(state).toMatchObject({ type: 'connected' });
    const most = (state as { maxDataBytes: number }).maxDataBytes;
    expect(most).toBeGreaterThan(1_800);
    await client.settled();
    server.send('x'.repeat(most));
    await client.until(() => client.received.length > 0);
    expect(client.received[0]).toHaveLength(most);
  });

  test('an identity exported as PEM has the same fingerprint elsewhere', () => {
    const identity = DtlsIdentity.generate();
    expect(identity.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(DtlsIdentity.load(identity.exportPem()).fingerprint).toBe(identity.fingerprint);
    const { certificate, key } = identity.exportPem();
    const sec1 = createPrivateKey(key).export({ type: 'sec1', format: 'pem' }).toString();
    expect(sec1).toContain('BEGIN EC PRIVATE KEY');
    expect(DtlsIdentity.load({ certificate, key: sec1 }).fingerprint).toBe(identity.fingerprint);
    expect(() => DtlsIdentity.load({ ...identity.exportPem(), key: 'no key' })).toThrow("can't be read");
    expect(() => identity.setSrtpProfiles([])).toThrow(RangeError);
  });

  test('what is no fingerprint, no identity and no bytes throws', () => {
    const session = new DtlsSession(DtlsIdentity.generate(), { role: 'server' });
    expect(() => session.setRemoteFingerprint('AB:CD')).toThrow(RangeError);
    expect(() => session.receive('hello' as unknown as Uint8Array, 0)).toThrow(TypeError);
    expect(() => new DtlsSession({ raw: {} } as DtlsIdentity, { role: 'client' })).toThrow(TypeError);
    expect(session.send(Buffer.from('too early'))).toBeNull();
    expect(session.state).toEqual({ type: 'new' });
    session.close();
    expect(session.state).toEqual({ type: 'closed' });
  });
});
