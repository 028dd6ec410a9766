import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { inCheckout } from './support/checkout.js';
import { Chromium } from './support/chromium.js';
import { MadangServer } from './support/madang-server.js';
import { seesMoving } from './support/media-checks.js';
import { seriousProblems } from './support/page-checks.js';
import { StaticSite } from './support/static-site.js';
import { until } from './support/until.js';

declare global {
  interface Window {
    whip: { connection: RTCPeerConnection; session: string; etag: string };
  }
}

/** Publishes camera and microphone with nothing but `fetch`, the picture in two sizes. */
async function publish(address: string): Promise<number> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 480 } });
  const connection = new RTCPeerConnection();
  for (const track of stream.getTracks()) {
    const sizes = [{ rid: 'l', scaleResolutionDownBy: 4 }, { rid: 'h' }];
    const sendEncodings = track.kind === 'video' ? { sendEncodings: sizes } : {};
    connection.addTransceiver(track, { direction: 'sendonly', streams: [stream], ...sendEncodings });
  }
  await connection.setLocalDescription();
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/sdp' },
    body: connection.localDescription!.sdp,
  });
  if (response.status !== 201) throw new Error(await response.text());
  const session = new URL(response.headers.get('location')!, address).href;
  window.whip = { connection, session, etag: response.headers.get('etag')! };
  await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  return response.status;
}

/** Restarts ICE as RFC 9725 says, by other credentials under `If-Match: *`; gives the statuses, and how the way stands then. */
async function restart(): Promise<{ restarted: number; stale: number; ufrags: number; state: string }> {
  const { connection, session } = window.whip;
  const before = connection.remoteDescription!.sdp;
  await connection.setLocalDescription(await connection.createOffer({ iceRestart: true }));
  const credentials = connection.localDescription!.sdp.match(/^a=ice-(?:ufrag|pwd):.*$/gm)!.slice(0, 2);
  const type = { 'Content-Type': 'application/trickle-ice-sdpfrag' };
  const patch = (etag: string, body: string) =>
    fetch(session, { method: 'PATCH', headers: { ...type, 'If-Match': etag }, body });
  const response = await patch('*', `${credentials.join('\r\n')}\r\n`);
  const fragment = await response.text();
  const told = (name: string) => new RegExp(`^a=ice-${name}:.*$`, 'm').exec(fragment)![0].trim();
  const sdp = before.replace(/^a=ice-ufrag:[^\r\n]*/gm, told('ufrag')).replace(/^a=ice-pwd:[^\r\n]*/gm, told('pwd'));
  await connection.setRemoteDescription({ type: 'answer', sdp });
  const { status: stale } = await patch(window.whip.etag, 'a=end-of-candidates\r\n');
  const ufrags = new Set(
    [...before.matchAll(/^a=ice-ufrag:.*$/gm), ...sdp.matchAll(/^a=ice-ufrag:.*$/gm)].map(([line]) => line.trim()),
  );
  return { restarted: response.status, stale, ufrags: ufrags.size, state: connection.signalingState };
}

/** Of the chosen pair: its own side's address generation, by credentials, and how much went out over it. */
async function path(): Promise<{ ufrag: string; sent: number }> {
  const stats = [...(await window.whip.connection.getStats()).values()];
  const transport = stats.find(({ type }) => type === 'transport');
  return { ufrag: transport?.iceLocalUsernameFragment ?? '', sent: transport?.packetsSent ?? 0 };
}

async function stopPublishing(): Promise<number> {
  const { status } = await fetch(window.whip.session, { method: 'DELETE' });
  window.whip.connection.close();
  return status;
}

/** What the page that watches shows, counted by its video element and the loudness of its sound. */
async function shown() {
  const video = document.querySelector('video')!;
  const stream = video.srcObject instanceof MediaStream ? video.srcObject : new MediaStream();
  const context = (window as unknown as { hearing?: AudioContext }).hearing ?? new AudioContext();
  (window as unknown as { hearing?: AudioContext }).hearing = context;
  await context.resume();
  const ear = context.createAnalyser();
  const source = stream.getAudioTracks().length > 0 ? context.createMediaStreamSource(stream) : null;
  source?.connect(ear);
  let loudest = 0;
  for (let look = 0; look < 12; look++) {
    await new Promise((done) => setTimeout(done, 100));
    const samples = new Float32Array(ear.fftSize);
    ear.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, ...samples.map(Math.abs));
  }
  source?.disconnect();
  const { totalVideoFrames } = video.getVideoPlaybackQuality();
  return { frames: totalVideoFrames, height: video.videoHeight, isMuted: video.muted, loudest };
}

test.runIf(hasAddon())(
  'a page publishes with fetch alone, and another watches it, over an ICE restart, in the quality it chooses, and waits when it ends',
  async ({ onTestFinished }) => {
    const server = await MadangServer.start({ flags: ['--media-port', '0'] });
    const browser = await Chromium.launch();
    onTestFinished(async () => {
      await browser.close();
      await server.close();
    });
    const watcher = await browser.tab();
    await watcher.goto(`${server.address}/watch/tea`);
    const status = watcher.page.getByRole('status');
    await status.getByText('Nobody is publishing').waitFor();
    expect(await seriousProblems(watcher), 'waiting').toEqual([]);

    const publisher = await browser.tab();
    await publisher.goto(`${server.address}/test`);
    expect(await publisher.page.evaluate(publish, `${server.address}/whip/tea?name=Ada`)).toBe(201);
    const seen = () => watcher.page.evaluate(shown);
    await until('the picture moves', seen, ({ frames }) => frames > 20);
    await watcher.click('button', 'Turn sound on');
    await until('sound is heard', seen, ({ isMuted, loudest }) => !isMuted && loudest > 0.01);

    await until('the large picture comes', seen, ({ height }) => height === 480);
    await watcher.click('combobox' as 'button', 'Quality');
    await watcher.click('option' as 'button', 'Low');
    await until('the small picture comes', seen, ({ height }) => height === 120);

    expect(await seriousProblems(watcher), 'playing').toEqual([]);

    const before = await publisher.page.evaluate(path);
    expect(await publisher.page.evaluate(restart)).toEqual({ restarted: 200, stale: 412, ufrags: 2, state: 'stable' });
    await until(
      'media to go on by the new way',
      () => publisher.page.evaluate(path),
      ({ ufrag, sent }) => ufrag !== before.ufrag && sent > before.sent + 50,
    );

    const late = await browser.tab();
    await late.goto(`${server.address}/r/tea`);
    await late.fill('Your name', 'Bo');
    await late.click('button', 'Join');
    await seesMoving(late, 1);
    await late.close();

    expect(await publisher.page.evaluate(stopPublishing)).toBe(200);
    await status.getByText('Nobody is publishing').waitFor();
    expect(await publisher.page.evaluate(publish, `${server.address}/whip/tea`)).toBe(201);
    const { frames } = await seen();
    await until('the picture moves again', seen, (now) => now.frames > frames + 10);

    await server.crash();
    await server.up();
    // The page has another session, and waits; the room was in the memory of the server that is gone.
    await status.getByText('Nobody is publishing').waitFor();
    await publisher.page.evaluate(() => window.whip.connection.close());
    expect(await publisher.page.evaluate(publish, `${server.address}/whip/tea`)).toBe(201);
    const again = await seen();
    await until('the picture moves after a restart of the server', seen, (now) => now.frames > again.frames + 10);
    await watcher.page.setViewportSize({ width: 360, height: 640 });
    const { width, wide } = await watcher.page.evaluate(() => ({
      width: document.documentElement.clientWidth,
      wide: document.documentElement.scrollWidth,
    }));
    expect(wide, 'nothing sticks out on a phone').toBe(width);
    expect(watcher.log.errors).toEqual([]);
  },
);

test.runIf(hasAddon())(
  'a publisher that crashes and comes again is seen at once, while the server still waits for the one before',
  async ({ onTestFinished }) => {
    const server = await MadangServer.start({ flags: ['--media-port', '0'] });
    const browser = await Chromium.launch();
    onTestFinished(async () => {
      await browser.close();
      await server.close();
    });
    const publishes = async () => {
      const tab = await browser.tab();
      await tab.goto(`${server.address}/test`);
      expect(await tab.page.evaluate(publish, `${server.address}/whip/tea?name=Ada`)).toBe(201);
      return tab;
    };
    const first = await publishes();
    const watcher = await browser.tab();
    await watcher.goto(`${server.address}/watch/tea`);
    const seen = () => watcher.page.evaluate(shown);
    await until('the picture moves', seen, ({ frames }) => frames > 20);
    // Its process ends: nothing says good-bye, and nothing more comes.
    const crashed = first.page.waitForEvent('crash');
    await first.page.goto('chrome://crash').catch(() => {});
    await crashed;
    await until(
      'the picture to stand still',
      async () => [(await seen()).frames, (await seen()).frames],
      ([before, after]) => before === after,
    );
    const { frames } = await seen();
    await publishes();
    await until('the picture moves again', seen, (now) => now.frames > frames + 10, 15_000);
    const metrics = await (await fetch(`${server.address}/metrics`)).text();
    expect(/^madang_whip_sessions (\d+)$/m.exec(metrics)?.[1]).toBe('2');
  },
);

test.runIf(hasAddon())(
  'the example publishes from a page of another origin, with a token',
  async ({ onTestFinished }) => {
    const example = (name: string) => readFileSync(inCheckout(`examples/whip/${name}`), 'utf8');
    const site = await StaticSite.of({ '/': example('index.html'), '/publish.js': example('publish.js') });
    const flags = ['--media-port', '0', '--whip-token', 'open-sesame-open', '--allow-origin', site.address];
    const server = await MadangServer.start({ flags });
    const browser = await Chromium.launch();
    onTestFinished(async () => {
      await browser.close();
      await server.close();
      await site.close();
    });
    const publisher = await browser.tab();
    await publisher.goto(site.address);
    const says = (text: string) => publisher.page.getByRole('status').getByText(text).waitFor();
    await publisher.fill('Address', `${server.address}/whip/tea`);
    await publisher.fill('Token', 'guessed');
    await publisher.click('button', 'Publish');
    await says('The token opens nothing here.');
    await publisher.fill('Token', 'open-sesame-open');
    await publisher.click('button', 'Publish');
    await says('The connection is connected.');
    const sessions = async () => {
      const metrics = await (await fetch(`${server.address}/metrics`)).text();
      return Number(/^madang_whip_sessions (\d+)$/m.exec(metrics)?.[1]);
    };
    expect(await sessions()).toBe(1);
    await publisher.click('button', 'Stop');
    await says('Stopped.');
    expect(await sessions()).toBe(0);
    expect(publisher.log.errors).toEqual([]);
  },
);
