import type { Page } from 'playwright-core';

/** Offers a camera's picture in VP8 and one data channel; keeps the connection as `window.mirrored`. */
export async function mirroredOffer(page: Page): Promise<string> {
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

/** What the page's statistics say of its connection. */
export interface Seen {
  readonly framesDecoded: number;
  readonly pliCount: number;
  readonly dtlsState: string;
  readonly srtpCipher: string;
  readonly dtlsRole: string;
  readonly tlsVersion: string;
}

export async function seenBy(page: Page): Promise<Seen> {
  return await page.evaluate(async () => {
    const stats = [...(await (window as unknown as { mirrored: RTCPeerConnection }).mirrored.getStats()).values()];
    const of = (type: string) => stats.find((stat) => stat.type === type) ?? {};
    const { dtlsState, srtpCipher, dtlsRole, tlsVersion } = of('transport');
    const { framesDecoded = 0 } = of('inbound-rtp');
    return { framesDecoded, pliCount: of('outbound-rtp').pliCount ?? 0, dtlsState, srtpCipher, dtlsRole, tlsVersion };
  });
}

/** Gives the other end's answer to the connection of `mirroredOffer`. */
export async function takeAnswer(page: Page, sdp: string): Promise<void> {
  await page.evaluate(async (sdp) => {
    const { mirrored } = window as unknown as { mirrored: RTCPeerConnection };
    await mirrored.setRemoteDescription({ type: 'answer', sdp });
  }, sdp);
}
