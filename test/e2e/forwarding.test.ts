import { expect, test } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { LocalMedia } from '../../packages/server/src/media/index.js';
import { Chromium } from './support/chromium.js';
import { StaticSite } from './support/static-site.js';
import { until } from './support/until.js';

declare global {
  interface Window {
    /** The connection of this page to the media of the thread. */
    toMedia: RTCPeerConnection;
  }
}

const ANNA = { room: 'lab', member: 'anna' };

async function publish(): Promise<string> {
  const connection = new RTCPeerConnection();
  window.toMedia = connection;
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
  for (const track of stream.getTracks())
    connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
  await connection.setLocalDescription();
  return connection.localDescription!.sdp;
}

async function takeAnswer(sdp: string): Promise<void> {
  await window.toMedia.setRemoteDescription({ type: 'answer', sdp });
}

async function view(): Promise<string> {
  const connection = new RTCPeerConnection();
  window.toMedia = connection;
  for (const kind of ['audio', 'video']) connection.addTransceiver(kind, { direction: 'recvonly' });
  await connection.setLocalDescription();
  return connection.localDescription!.sdp;
}

/** What the viewer's page has received. */
async function received() {
  const stats = [...(await window.toMedia.getStats()).values()].filter((stat) => stat.type === 'inbound-rtp');
  const of = (kind: string) => stats.find((stat) => stat.kind === kind) ?? {};
  const { framesDecoded = 0, frameHeight = 0, packetsLost = 0, freezeCount = 0 } = of('video');
  return { framesDecoded, frameHeight, packetsLost, freezeCount, sound: of('audio').packetsReceived ?? 0 };
}

test.runIf(hasAddon())(
  'two late viewers see and hear a publisher through the media of a thread',
  async ({ onTestFinished }) => {
    const site = await StaticSite.of({ '/': '<!doctype html><title>forwarding</title>' });
    const browser = await Chromium.launch();
    const media = await LocalMedia.open({ bind: [], announce: [], port: 0 });
    onTestFinished(async () => {
      media.close();
      await browser.close();
      await site.close();
    });
    const page = async () => {
      const tab = await browser.tab();
      await tab.goto(site.address);
      return tab.page;
    };
    const publisher = await page();
    const offered = await publisher.evaluate(publish);
    const published = await media.command<'publish'>({ type: 'publish', connection: 'anna', ...ANNA, offer: offered });
    if (!published.ok) throw new Error(published.detail);
    await publisher.evaluate(takeAnswer, published.answer);
    await until(
      'packets flow',
      () => media.counts().sums.packets,
      (packets) => packets > 30,
    );
    for (const connection of ['ben', 'cleo']) {
      const viewer = await page();
      const offer = await viewer.evaluate(view);
      const viewed = await media.command<'view'>({
        type: 'view',
        connection,
        room: 'lab',
        member: connection,
        offer,
        wish: {},
      });
      if (!viewed.ok) throw new Error(viewed.detail);
      await viewer.evaluate(takeAnswer, viewed.answer);
      const seen = () => viewer.evaluate(received);
      await until('picture and sound arrive', seen, ({ framesDecoded, sound }) => framesDecoded > 15 && sound > 50);
      expect(await seen()).toMatchObject({ packetsLost: 0, frameHeight: 240 });
    }
    expect(media.planeCounts()).toMatchObject({
      txBadRow: 0,
      txProtectFailed: 0,
      txNoPeer: 0,
      rxSrtpAuthentication: 0,
    });
    for (const connection of ['anna', 'ben', 'cleo']) await media.command<'hang-up'>({ type: 'hang-up', connection });
    const { sums: _, data: __, ...tables } = media.counts();
    expect(Object.values(tables)).toEqual(Object.values(tables).map(() => 0));
    expect(media.planeCounts().peersOpen).toBe(0);
  },
);
