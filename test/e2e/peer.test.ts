import { expect, type TestContext, test } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { Chromium } from './support/chromium.js';
import { Firefox } from './support/firefox.js';
import { PeerMirror } from './support/peer-mirror.js';
import { StaticSite } from './support/static-site.js';
import { until } from './support/until.js';

declare global {
  interface Window {
    /** The connection of this page to the mirror. */
    toMirror: RTCPeerConnection;
  }
}

/** What of a page's statistics tells that the way there and back works. */
interface Seen {
  readonly state: string;
  readonly framesDecoded: number;
  readonly samples: number;
  readonly sentPictures: number;
  readonly roundTripKnown: boolean;
  readonly reportedPackets: number;
}

/** In the page: offers camera and microphone, both ways, in VP8 and Opus. */
async function offerAll(): Promise<string> {
  const connection = new RTCPeerConnection();
  window.toMirror = connection;
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  await connection.setLocalDescription();
  return connection.localDescription!.sdp;
}

async function offerAgain(): Promise<string> {
  window.toMirror.restartIce();
  await window.toMirror.setLocalDescription();
  return window.toMirror.localDescription!.sdp;
}

async function take(sdp: string): Promise<void> {
  await window.toMirror.setRemoteDescription({ type: 'answer', sdp });
}

async function seen(): Promise<Seen> {
  const stats = [...(await window.toMirror.getStats()).values()];
  const sum = (type: string, name: string) =>
    stats.filter((stat) => stat.type === type).reduce((all, stat) => all + (stat[name] ?? 0), 0);
  const inbound = stats.filter((stat) => stat.type === 'inbound-rtp');
  return {
    state: window.toMirror.connectionState,
    framesDecoded: sum('inbound-rtp', 'framesDecoded'),
    samples: inbound.find((stat) => stat.kind === 'audio')?.packetsReceived ?? 0,
    sentPictures: sum('outbound-rtp', 'framesSent'),
    roundTripKnown: stats.some((stat) => stat.type === 'remote-inbound-rtp' && stat.roundTripTime > 0),
    reportedPackets: sum('remote-outbound-rtp', 'packetsSent'),
  };
}

const BROWSERS = { Chromium, Firefox };

async function mirrored(
  name: keyof typeof BROWSERS,
  { onTestFinished }: TestContext,
  over: PeerMirror['over'] = 'udp',
) {
  const site = await StaticSite.of({ '/': '<!doctype html><title>mirror</title>' });
  const browser = await BROWSERS[name].launch();
  const mirror = new PeerMirror();
  onTestFinished(async () => {
    mirror.close();
    await browser.close();
    await site.close();
  });
  const { page } = await browser.tab();
  mirror.over = over;
  await page.goto(site.address);
  // Both drivers evaluate a function with its arguments.
  const ask = <T, A extends string[]>(run: (...given: A) => Promise<T>, ...given: A): Promise<T> =>
    (page.evaluate as (run: unknown, ...given: string[]) => Promise<T>)(run, ...given);
  await ask(take, mirror.answer(await ask(offerAll)));
  return { mirror, ask };
}

test.runIf(hasAddon()).for(['Chromium', 'Firefox'] as const)(
  '%s publishes picture and sound to a peer of ours and gets them back, over an ICE restart too',
  async (name, context) => {
    const { mirror, ask } = await mirrored(name, context);
    await until(
      'the picture is back',
      () => ask(seen),
      (now) => now.framesDecoded > 10 && now.samples > 50,
    );
    const { layers } = mirror.stats();
    expect(layers.map(({ kind, flow, givenUp }) => [kind, flow, givenUp])).toEqual([
      ['audio', 'flowing', 0],
      ['video', 'flowing', 0],
    ]);
    await until(
      'its reports have come',
      () => mirror.stats().sent,
      (sent) => sent.length === 2 && mirror.sound.blocks > 0 && mirror.picture.blocks > 0,
    );
    await until(
      'ours have come',
      () => ask(seen),
      (now) => now.roundTripKnown && now.reportedPackets > 0,
    );
    const addressBefore = mirror.peer!.agent.addressIx;
    await ask(take, mirror.answer(await ask(offerAgain)));
    await until(
      'it is sent to where the browser has gathered anew',
      () => mirror.peer!.agent,
      ({ addressIx, nominated, previous }) => {
        const isChosenAnew = nominated && previous === null;
        // Chromium at times goes there with our credentials of before.
        return addressIx >= 0 && addressIx !== addressBefore && (isChosenAnew || name === 'Chromium');
      },
    );
    const before = (await ask(seen)).framesDecoded;
    await until(
      'the picture goes on',
      () => ask(seen),
      (now) => now.framesDecoded > before + 10,
    );
    expect(mirror.plane.counts()).toMatchObject({ rxSrtpAuthentication: 0, rxSrtpMalformed: 0, txProtectFailed: 0 });
    mirror.closePeer();
    await until(
      'it hears good-bye',
      () => ask(seen),
      (now) => now.state === 'closed' || now.state === 'failed' || now.state === 'disconnected',
    );
    expect(mirror.plane.counts().peersOpen).toBe(0);
    expect([mirror.peers.size, mirror.peers.nextAt()]).toEqual([0, null]);
  },
);

test.runIf(hasAddon()).for(['Chromium', 'Firefox'] as const)(
  '%s is reached over TCP alone, moves to UDP, and back when UDP leads nowhere any more',
  async (name, context) => {
    const { mirror, ask } = await mirrored(name, context, 'tcp');
    const pictureGoesOn = async (over: PeerMirror['over']) => {
      await until(
        `it is sent to over ${over}`,
        () => ({ agent: mirror.peer!.agent, way: mirror.sendsOver }),
        // What was chosen before an ICE restart counts until something is with the new credentials.
        ({ agent, way }) => (agent.nominated || agent.previous !== null) && way === over,
      );
      const before = (await ask(seen)).framesDecoded;
      await until(
        `the picture comes over ${over}`,
        () => ask(seen),
        (now) => now.framesDecoded > before + 10 && now.samples > 50,
      );
    };
    await pictureGoesOn('tcp');
    const { received, framesReceived, sent, framesSent } = mirror.plane.counts();
    expect([received - framesReceived, sent - framesSent]).toEqual([0, 0]);
    for (const over of ['udp', 'tcp'] as const) {
      mirror.over = over;
      // Chromium stays on a better pair of before as long as it works.
      if (over === 'tcp') mirror.endUdp();
      await ask(take, mirror.answer(await ask(offerAgain)));
      await pictureGoesOn(over);
    }
    const counts = { framesDropped: 0, connectionsRefused: 0, connectionsForeign: 0, rxSrtpAuthentication: 0 };
    expect(mirror.plane.counts()).toMatchObject(counts);
    mirror.closePeer();
    await until(
      'its connections are closed',
      () => mirror.plane.counts().connectionsOpen,
      (open) => open === 0,
    );
  },
);
