import { Chromium, FAKE_DEVICES, GRANT_ALL } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { isTold } from './support/findings.js';
import { askTooMuch } from './support/meddling.js';
import { seesMoving } from './support/media-checks.js';
import { PrefixProxy } from './support/prefix-proxy.js';
import { RoomPage } from './support/room-page.js';
import { SilentSound } from './support/silent-sound.js';
import { type Cast, freshRoom, stage } from './support/stage.js';
import { until } from './support/until.js';

type Person = RoomPage & { tab: ChromiumTab };

/** To the browser another machine, so that plain http is no secure context. */
const OTHER_MACHINE = 'madang.test';

const GO_ON = 'Go on without it';

const test = stage({});

/** Lets a tab into the room, whatever becomes of its devices. */
async function enters(cast: Cast, name: string, tab: ChromiumTab, address: string, room: string): Promise<Person> {
  const page = new RoomPage(cast.add(name, tab));
  await page.visit(address, room);
  await page.letsAsk();
  await page.tab.fill('Your name', name);
  await page.press('Join');
  await until('to be in the room', async () => {
    // What could not be had is said once more, in the way of everything else.
    if (await page.tab.has('button', GO_ON)) await page.press(GO_ON);
    return await page.tab.has('button', 'Leave');
  });
  return page as Person;
}

for (const { cause, fault, flags } of [
  {
    cause: 'permission-denied',
    fault: 'the person said no',
    flags: ['--use-fake-device-for-media-stream', '--deny-permission-prompts'],
  },
  { cause: 'no-device', fault: 'there is none', flags: ['--use-fake-ui-for-media-stream'] },
]) {
  test(`${cause}: devices that can not be had because ${fault}`, async ({ server, chromium, cast }) => {
    const browser = await Chromium.launch({ flags });
    cast.onLeave(() => browser.close());
    const room = freshRoom();
    const ana = await enters(cast, 'Ana', await browser.tab(), server.address, room);
    const bo = await cast.enters(chromium, server.address, room, 'Bo');
    await isTold(ana, cause);
    await isTold(bo, 'other-without-device');
    await seesMoving(ana.tab, 1);
  });
}

test('permission-blocked-by-policy: a proxy in front that forbids devices', async ({ server, chromium, cast }) => {
  const proxy = await PrefixProxy.to(server.httpPort, '', { 'permissions-policy': 'camera=(), microphone=()' });
  cast.onLeave(() => proxy.close());
  const ana = await enters(cast, 'Ana', await chromium.tab(), proxy.address, freshRoom());
  await isTold(ana, 'permission-blocked-by-policy');
});

test('constraints-unmet: a camera that has not what is asked for', async ({ server, chromium, cast }) => {
  const tab = await chromium.tab();
  await tab.page.addInitScript(askTooMuch);
  const ana = await enters(cast, 'Ana', tab, server.address, freshRoom());
  await isTold(ana, 'constraints-unmet');
});

test('insecure-page: plain http from another machine', async ({ server, cast }) => {
  const browser = await Chromium.launch({
    flags: [...FAKE_DEVICES, ...GRANT_ALL, `--host-resolver-rules=MAP ${OTHER_MACHINE} 127.0.0.1`],
  });
  cast.onLeave(() => browser.close());
  const page = new RoomPage(cast.add('Ana', await browser.tab())) as Person;
  await page.tab.goto(`http://${OTHER_MACHINE}:${server.httpPort}/r/${freshRoom()}`);
  await page.press('Go on without camera and microphone');
  await page.join('Ana');
  await isTold(page, 'insecure-page');
});

test('microphone-silent: a microphone that gives nothing, told on both sides', async ({ server, chromium, cast }) => {
  const silence = new SilentSound();
  cast.onLeave(async () => silence.remove());
  const browser = await Chromium.launch({
    flags: [...FAKE_DEVICES, ...GRANT_ALL, `--use-file-for-fake-audio-capture=${silence.path}`],
  });
  cast.onLeave(() => browser.close());
  const room = freshRoom();
  const ana = await enters(cast, 'Ana', await browser.tab(), server.address, room);
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await isTold(ana, 'microphone-silent');
  await isTold(bo, 'other-silent');
});
