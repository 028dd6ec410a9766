import { expect, test } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { Chromium } from './support/chromium.js';
import { Firefox } from './support/firefox.js';
import { MadangServer } from './support/madang-server.js';
import { MEDIA_ON_OWN_ADDRESSES } from './support/own-addresses.js';
import { until } from './support/until.js';

declare global {
  interface Window {
    overTcp: Record<string, RTCPeerConnection>;
  }
}

/** In the page: opens a session by an offer, and hears of the server's TCP candidates alone. Gives how many there were. */
async function openSession(address: string): Promise<number> {
  const who = address.includes('/whip/') ? 'publisher' : 'viewer';
  const connection = new RTCPeerConnection();
  window.overTcp = { ...window.overTcp, [who]: connection };
  if (who === 'publisher') {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
    for (const track of stream.getTracks()) connection.addTransceiver(track, { direction: 'sendonly' });
  } else for (const kind of ['audio', 'video']) connection.addTransceiver(kind, { direction: 'recvonly' });
  await connection.setLocalDescription();
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/sdp' },
    body: connection.localDescription!.sdp,
  });
  const answer = await response.text();
  if (response.status !== 201) throw new Error(answer);
  const sdp = answer.replace(/^a=candidate:\S+ \d+ udp .*\r\n/gm, '');
  await connection.setRemoteDescription({ type: 'answer', sdp });
  return sdp.match(/^a=candidate:.* tcptype passive/gm)?.length ?? 0;
}

/** Pictures and packets of sound that the viewer has. */
async function seen(): Promise<{ frames: number; sounds: number }> {
  const stats = [...(await window.overTcp.viewer!.getStats()).values()].filter(({ type }) => type === 'inbound-rtp');
  const of = (kind: string) => stats.find((stat) => stat.kind === kind);
  return { frames: of('video')?.framesDecoded ?? 0, sounds: of('audio')?.packetsReceived ?? 0 };
}

const BROWSERS = { Chromium, Firefox };

test.runIf(hasAddon()).for(['Chromium', 'Firefox'] as const)(
  '%s publishes and views where the server is reached over TCP alone',
  async (name, { onTestFinished }) => {
    const server = await MadangServer.start({
      media: true,
      flags: MEDIA_ON_OWN_ADDRESSES,
    });
    const browser = await BROWSERS[name].launch();
    onTestFinished(async () => {
      await browser.close();
      await server.close();
    });
    const { page } = await browser.tab();
    await page.goto(`${server.address}/test`);
    // Both drivers evaluate a function with one argument.
    const ask = <T>(run: (given: string) => Promise<T>, given = ''): Promise<T> =>
      (page.evaluate as (run: unknown, given: string) => Promise<T>)(run, given);
    expect(await ask(openSession, `${server.address}/whip/tea`)).toBeGreaterThan(0);
    expect(await ask(openSession, `${server.address}/whep/tea`)).toBeGreaterThan(0);
    await until(
      'picture and sound go on over TCP',
      () => ask(seen),
      ({ frames, sounds }) => frames > 20 && sounds > 50,
    );
  },
);
