import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DtlsIdentity, hasAddon, SRTP_PROFILE } from '../../packages/native/src/index.js';
import { MirrorPeer } from '../../packages/native/test/mirror-peer.js';
import { Chromium } from './support/chromium.js';
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

/** Offers a camera's picture in VP8 and one data channel; keeps the connection as `window.mirrored`. */
async function offerOf(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const connection = new RTCPeerConnection();
    Object.assign(window, { mirrored: connection });
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 240 } });
    const sender = connection.addTransceiver(stream.getVideoTracks()[0]!, { streams: [stream] });
    const vp8 = RTCRtpReceiver.getCapabilities('video')!.codecs.filter((codec) => codec.mimeType === 'video/VP8');
    sender.setCodecPreferences(vp8);
    connection.createDataChannel('data');
    await connection.setLocalDescription();
    return connection.localDescription!.sdp;
  });
}

interface Seen {
  readonly framesDecoded: number;
  readonly pliCount: number;
  readonly dtlsState: string;
  readonly srtpCipher: string;
  readonly dtlsRole: string;
  readonly tlsVersion: string;
}

async function seenBy(page: Page): Promise<Seen> {
  return await page.evaluate(async () => {
    const stats = [...(await (window as unknown as { mirrored: RTCPeerConnection }).mirrored.getStats()).values()];
    const of = (type: string) => stats.find((stat) => stat.type === type) ?? {};
    const { dtlsState, srtpCipher, dtlsRole, tlsVersion } = of('transport');
    const { framesDecoded = 0 } = of('inbound-rtp');
    return { framesDecoded, pliCount: of('outbound-rtp').pliCount ?? 0, dtlsState, srtpCipher, dtlsRole, tlsVersion };
  });
}

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
      const offer = await offerOf(page);
      peer.trust(offer);
      await page.evaluate(async (sdp) => {
        await (window as unknown as { mirrored: RTCPeerConnection }).mirrored.setRemoteDescription({
          type: 'answer',
          sdp,
        });
      }, peer.answer(offer));
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
    const offer = await offerOf(page);
    peer.endpoint.trust(DtlsIdentity.generate().fingerprint);
    await page.evaluate(async (sdp) => {
      await (window as unknown as { mirrored: RTCPeerConnection }).mirrored.setRemoteDescription({
        type: 'answer',
        sdp,
      });
    }, peer.answer(offer));
    expect(await peer.endpoint.settled()).toEqual({ type: 'failed', why: 'fingerprint', alert: 42 });
    await expect.poll(async () => (await seenBy(page)).dtlsState, { timeout: 30_000 }).toBe('failed');
    expect(peer.rtpTaken).toBe(0);
    await page.close();
    peer.endpoint.close();
  });
});
