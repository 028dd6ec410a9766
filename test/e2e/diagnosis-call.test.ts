import { expect } from 'vitest';
import { Chromium } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { isNoLongerTold, isTold } from './support/findings.js';
import {
  enterByScript,
  exchangeFingerprints,
  garbleDescriptions,
  knowOnly,
  loseFrames,
  stopPicturesAfter,
} from './support/meddling.js';
import { seesMoving } from './support/media-checks.js';
import { RoomPage } from './support/room-page.js';
import { type Cast, freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

type Person = RoomPage & { tab: ChromiumTab };

/** A person whose tab something has been done to before its first page. */
async function person(cast: Cast, name: string, tab: ChromiumTab, server: string, room: string): Promise<Person> {
  const page = new RoomPage(cast.add(name, tab));
  await page.visit(server, room);
  await page.join(name);
  return page as Person;
}

test('a certificate that is not the one announced is named, and no way around it is tried', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  await cast.enters(chromium, server.address, room, 'Ana');
  const tab = await chromium.tab();
  await tab.page.addInitScript(exchangeFingerprints);
  const bo = await person(cast, 'Bo', tab, server.address, room);
  await isTold(bo, 'dtls-failed');
});

test('a description that a browser does not take is named there, and to whoever sent it', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const tab = await chromium.tab();
  await tab.page.addInitScript(garbleDescriptions);
  const ana = await person(cast, 'Ana', tab, server.address, room);
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await isTold(ana, 'description-refused');
  await isTold(bo, 'description-refused-by-other');
});

test('a page that stands still is named as a missing answer', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const debug = await ana.tab.page.context().newCDPSession(ana.tab.page);
  await debug.send('Debugger.enable');
  await debug.send('Debugger.pause');
  // The debugger takes hold with the next line of script that runs.
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await isTold(bo, 'no-answer');
  await debug.send('Debugger.disable');
  await isNoLongerTold(bo, 'no-answer');
  await seesMoving(bo.tab, 1);
});

test('two browsers without a video codec in common are told so, and still hear each other', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const tabs = [await chromium.tab(), await chromium.tab()] as const;
  await tabs[0].page.addInitScript(knowOnly, 'VP8');
  await tabs[1].page.addInitScript(knowOnly, 'AV1');
  const ana = await person(cast, 'Ana', tabs[0], server.address, room);
  const bo = await person(cast, 'Bo', tabs[1], server.address, room);
  await isTold(ana, 'no-common-codec');
  await isTold(bo, 'no-common-codec');
});

test('a camera that stops giving pictures is named on both sides', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const tab = await chromium.tab();
  await tab.page.addInitScript(stopPicturesAfter, 6_000);
  const ana = await person(cast, 'Ana', tab, server.address, room);
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await isTold(ana, 'camera-frozen');
  await isTold(bo, 'other-muted-by-system');
});

test('frames that never leave the other side are named as its fault', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const tab = await chromium.tab({ bypassCSP: true });
  await tab.page.addInitScript(loseFrames, 'sender' as const);
  await person(cast, 'Ana', tab, server.address, room);
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await isTold(bo, 'sender-stalled');
});

test('packets that come and give no picture are named', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  await cast.enters(chromium, server.address, room, 'Ana');
  const tab = await chromium.tab({ bypassCSP: true });
  await tab.page.addInitScript(loseFrames, 'receiver' as const);
  const bo = await person(cast, 'Bo', tab, server.address, room);
  await isTold(bo, 'not-decoded');
});

test('a picture that is there and stands still on the page is named, until it goes on', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(bo.tab, 1);
  await bo.tab.evaluate(() => {
    for (const video of document.querySelectorAll('video')) video.pause();
  });
  await isTold(bo, 'not-rendered');
  await bo.tab.evaluate(() => {
    for (const video of document.querySelectorAll('video')) void video.play();
  });
  await isNoLongerTold(bo, 'not-rendered');
});

test('sound that the browser holds back is named, and heard after a click', async ({ server, chromium, cast }) => {
  // Pages that use a microphone may play sound at any time, so this person has none.
  const strict = await Chromium.launch({
    flags: ['--autoplay-policy=document-user-activation-required', '--deny-permission-prompts'],
  });
  cast.onLeave(() => strict.close());
  const room = freshRoom();
  await cast.enters(chromium, server.address, room, 'Ana');
  const tab = cast.add('Bo', await strict.tab());
  await tab.page.addInitScript(enterByScript, 'sound-blocked');
  await tab.goto(`${server.address}/r/${room}`);
  // Whatever is asked of the page from here counts as a gesture: so it has to say by itself that it is so far.
  await until('the page to name it', () => tab.log.console.includes('log: sound-blocked is named'));
  await tab.page.getByRole('button', { name: /Click to hear/ }).click();
  await until('the sound to play', () =>
    tab.evaluate(async () => (await window.madangProbe.sounds()).some(({ playing }) => playing)),
  );
  expect(tab.log.errors).toEqual([]);
});
