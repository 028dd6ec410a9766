import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DtlsIdentity, hasAddon, SRTP_PROFILE } from '../../packages/native/src/index.js';
import { MirrorPeer } from '../../packages/native/test/mirror-peer.js';
import { Chromium } from './support/chromium.js';
import { mirroredOffer, seenBy, takeAnswer } from './support/mirrored-page.js';
import { StaticSite } from './support/static-site.js';

let site: StaticSite;
let chromium: Chromium;

beforeAll(async () => {
  site = await StaticSite.of({ '/': '<!doctype html><title>mirror</title>' });
  chromium = await Chromium.launch();
});

afterAll(async () => {
  await chromium.close();
  await site.close();
});

const CASES = [
  { role: 'server', profile: SRTP_PROFILE.AEAD_AES_128_GCM, cipher: 'SRTP_AEAD_AES_128_GCM' },
  { role: 'server', profile: SRTP_PROFILE.AES_CM_128_HMAC_SHA1_80, cipher: 'SRTP_AES128_CM_HMAC_SHA1_80' },
  { role: 'client', profile: SRTP_PROFILE.AEAD_AES_256_GCM, cipher: 'SRTP_AEAD_AES_256_GCM' },
] as const;

describe.runIf(hasAddon())("Chromium's own DTLS and SRTP", () => {
  test.each(CASES)(
    'as DTLS $role with $cipher, its picture goes there and comes back',
    async ({ role, profile, cipher }) => {
      const identity = DtlsIdentity.generate();
      identity.setSrtpProfiles([profile]);
      const peer = await MirrorPeer.open(identity, role);
      const { page } = await chromium.tab();
      await page.goto(site.address);
      const offer = await mirroredOffer(page);
      peer.trust(offer);
      await takeAnswer(page, peer.answer(offer));
      expect(await peer.endpoint.settled()).toMatchObject({ type: 'connected', srtpProfile: profile });
      await peer.endpoint.until(() => peer.rtpTaken >= 50 && peer.rtcpTaken >= 2);
      await expect.poll(async () => (await seenBy(page)).framesDecoded, { timeout: 30_000 }).toBeGreaterThan(10);
      expect(await seenBy(page)).toMatchObject({
        dtlsState: 'connected',
        srtpCipher: cipher,
        dtlsRole: role === 'server' ? 'client' : 'server',
        tlsVersion: 'FEFD',
        pliCount: expect.any(Number),
      });
      expect((await seenBy(page)).pliCount).toBeGreaterThan(0);
      expect(peer.failures!.receive).toMatchObject({ authentication: 0, malformed: 0, repeated: 0 });
      // The first thing on a data channel's association: SCTP from port 5000, an INIT chunk (RFC 9260 §3.3.2).
      await peer.endpoint.until(() => peer.endpoint.received.length > 0);
      expect(peer.endpoint.received[0]!.readUInt16BE(0)).toBe(5000);
      expect(peer.endpoint.received[0]![12]).toBe(1);
      await page.close();
      peer.endpoint.close();
    },
  );

  test('a certificate other than its description announced is refused', async () => {
    const peer = await MirrorPeer.open(DtlsIdentity.generate(), 'server');
    const { page } = await chromium.tab();
    await page.goto(site.address);
    const offer = await mirroredOffer(page);
    peer.endpoint.trust(DtlsIdentity.generate().fingerprint);
    await takeAnswer(page, peer.answer(offer));
    expect(await peer.endpoint.settled()).toEqual({ type: 'failed', why: 'fingerprint', alert: 42 });
    await expect.poll(async () => (await seenBy(page)).dtlsState, { timeout: 30_000 }).toBe('failed');
    expect(peer.rtpTaken).toBe(0);
    await page.close();
    peer.endpoint.close();
  });
});
