import { expect, test } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { Chromium } from './support/chromium.js';
import { Forwarder } from './support/forwarder.js';
import { StaticSite } from './support/static-site.js';
import { until } from './support/until.js';

declare global {
  interface Window {
    /** The connection of this page to the forwarder. */
    toForwarder: RTCPeerConnection;
  }
}

async function publish(): Promise<string> {
  const connection = new RTCPeerConnection();
  window.toForwarder = connection;
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
  for (const track of stream.getTracks())
    connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
  await connection.setLocalDescription();
  return connection.localDescription!.sdp;
}

async function takeAnswer(sdp: string): Promise<void> {
  await window.toForwarder.setRemoteDescription({ type: 'answer', sdp });
}

async function view(sdp: string): Promise<string> {
  const connection = new RTCPeerConnection();
  window.toForwarder = connection;
  await connection.setRemoteDescription({ type: 'offer', sdp });
  await connection.setLocalDescription();
  return connection.localDescription!.sdp;
}

/** What the viewer's page has received. */
async function received() {
  const stats = [...(await window.toForwarder.getStats()).values()].filter((stat) => stat.type === 'inbound-rtp');
  const of = (kind: string) => stats.find((stat) => stat.kind === kind) ?? {};
  const { framesDecoded = 0, frameHeight = 0, packetsLost = 0, freezeCount = 0 } = of('video');
  return { framesDecoded, frameHeight, packetsLost, freezeCount, sound: of('audio').packetsReceived ?? 0 };
}

test.runIf(hasAddon())(
  'two late viewers see and hear a publisher through peers and the forwarding',
  async ({ onTestFinished }) => {
    const site = await StaticSite.of({ '/': '<!doctype html><title>forwarding</title>' });
    const browser = await Chromium.launch();
    const forwarder = new Forwarder();
    onTestFinished(async () => {
      forwarder.close();
      await browser.close();
      await site.close();
    });
    const page = async () => {
      const tab = await browser.tab();
      await tab.goto(site.address);
      return tab.page;
    };
    const publisher = await page();
    await publisher.evaluate(takeAnswer, forwarder.publish(await publisher.evaluate(publish)));
    const peer = forwarder.publisher!;
    await until(
      'packets flow',
      () => peer.inbound.sorter.track('1')?.layers[0]?.packets ?? 0,
      (packets) => packets > 30,
    );
    for (let ix = 0; ix < 2; ix++) {
      const viewer = await page();
      const offered = forwarder.offer();
      forwarder.accept(offered.peer, await viewer.evaluate(view, offered.sdp));
      const seen = () => viewer.evaluate(received);
      await until('picture and sound arrive', seen, ({ framesDecoded, sound }) => framesDecoded > 15 && sound > 50);
      expect(await seen()).toMatchObject({ packetsLost: 0, frameHeight: 240 });
      await until(
        'its reports are read',
        () => offered.peer.sending.roundTrip.ms,
        (ms) => ms >= 0,
      );
    }
    expect(forwarder.plane.counts()).toMatchObject({
      txBadRow: 0,
      txProtectFailed: 0,
      txNoPeer: 0,
      rxSrtpAuthentication: 0,
    });
    forwarder.closePeers();
    expect(forwarder.plane.counts().peersOpen).toBe(0);
    expect([forwarder.peers.size, forwarder.peers.nextAt()]).toEqual([0, null]);
    expect([forwarder.sfu.publications, forwarder.sfu.slots.held]).toEqual([0, 0]);
  },
);
