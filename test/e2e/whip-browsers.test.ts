import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Chromium } from './support/chromium.js';
import { Firefox } from './support/firefox.js';
import { MadangServer } from './support/madang-server.js';
import { seeAndHear } from './support/media-checks.js';
import { MEDIA_ON_OWN_ADDRESSES } from './support/own-addresses.js';
import { until } from './support/until.js';
import { type VideoCodec, WhipGuest, type WhipWish } from './support/whip-guest.js';

type Browser = 'chromium' | 'firefox';

let server: MadangServer;
let browsers: { readonly chromium: Chromium; readonly firefox: Firefox };

beforeAll(async () => {
  server = await MadangServer.start({ turn: true, media: true, flags: MEDIA_ON_OWN_ADDRESSES });
  browsers = { chromium: await Chromium.launch(), firefox: await Firefox.launch() };
});

afterAll(async () => {
  await browsers?.chromium.close();
  await browsers?.firefox.close();
  await server.close();
});

let rooms = 0;

function freshRoom(): string {
  rooms += 1;
  return `whip-${rooms}`;
}

async function guest(browser: Browser): Promise<WhipGuest> {
  const tab = await browsers[browser].tab();
  onTestFinished(() => tab.close());
  await tab.goto(`${server.address}/test`);
  return new WhipGuest(tab);
}

/** Somebody who publishes into a room of their own, and somebody who views it. */
async function pair(publishing: Browser, viewing: Browser, wish: Omit<WhipWish, 'url'> = {}) {
  const room = freshRoom();
  const [publisher, viewer] = [await guest(publishing), await guest(viewing)];
  await publisher.publish({ ...wish, url: `${server.address}/whip/${room}` });
  await viewer.view({ ...wish, simulcast: false, url: `${server.address}/whep/${room}` });
  return { publisher, viewer };
}

async function frames(viewer: WhipGuest, more = 20) {
  const before = (await viewer.received()).frames;
  return await until(
    `${more} more frames`,
    () => viewer.received(),
    (received) => received.frames >= before + more,
  );
}

const CODECS: readonly (readonly [Browser, Browser, VideoCodec])[] = [
  ['chromium', 'firefox', 'VP8'],
  ['firefox', 'chromium', 'VP9'],
  ['chromium', 'chromium', 'H264'],
  ['chromium', 'chromium', 'AV1'],
];

test.for(CODECS)(
  '%s publishes by WHIP, and %s sees it move and hears it by WHEP, in %s',
  async ([publishing, viewing, codec]) => {
    const { publisher, viewer } = await pair(publishing, viewing, { codec });
    await seeAndHear([viewer.tab], 1);
    const received = await frames(viewer);
    console.log(`${publishing} → ${viewing}: ${JSON.stringify(received)}`);
    expect(received).toMatchObject({ codec: `video/${codec}`, height: 240, state: 'connected' });
    await viewer.leave();
    await publisher.leave();
  },
);

test('publisher and viewer reach each other over the embedded relay alone', async () => {
  const { publisher, viewer } = await pair('chromium', 'chromium', { codec: 'VP8', way: 'relay' });
  await seeAndHear([viewer.tab], 1);
  const paths = [(await publisher.received()).path, (await frames(viewer)).path];
  expect(paths).toEqual(['udp relay', 'udp relay']);
});
