import { expect } from 'vitest';
import { Chromium, FAKE_DEVICES, GRANT_ALL } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { hears, seesMoving } from './support/media-checks.js';
import { outOfReach, seriousProblems } from './support/page-checks.js';
import { PrefixProxy } from './support/prefix-proxy.js';
import { RoomPage } from './support/room-page.js';
import { type Cast, freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

/** The kinds of problems that the page shows, and the guide that goes with each. */
async function problems(tab: ChromiumTab): Promise<{ kind: string; guide: string | null }[]> {
  return await tab.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-problem]')].map((shown) => ({
      kind: shown.dataset.problem!,
      guide: shown.querySelector<HTMLElement>('[data-guide]')?.dataset.guide ?? null,
    })),
  );
}

async function meets(page: RoomPage & { tab: ChromiumTab }, kind: string) {
  return await until(
    `the problem ${kind}`,
    async () => {
      if (await page.tab.has('button', 'Turn on camera and microphone')) await page.letsAsk();
      return await problems(page.tab);
    },
    (shown) => shown.some((problem) => problem.kind === kind),
  );
}

async function person(cast: Cast, browser: Chromium, options = {}): Promise<RoomPage & { tab: ChromiumTab }> {
  return new RoomPage(cast.add('Bo', await browser.tab(options))) as RoomPage & { tab: ChromiumTab };
}

for (const { what, flags, kind, guide } of [
  {
    what: 'denied by the person',
    flags: [...FAKE_DEVICES, '--deny-permission-prompts'],
    kind: 'denied',
    guide: 'denied-chromium',
  },
  { what: 'without any device', flags: GRANT_ALL, kind: 'not-found', guide: 'not-found' },
]) {
  test(`${what}: the page before joining says so and what to do, on a phone's width too, and lets one join`, async ({
    server,
    cast,
  }) => {
    const browser = await Chromium.launch({ flags });
    cast.onLeave(() => browser.close());
    const bo = await person(cast, browser, { viewport: { width: 360, height: 740 } });
    await bo.visit(server.address, freshRoom());
    expect((await meets(bo, kind))[0]).toEqual({ kind, guide });
    expect(await seriousProblems(bo.tab)).toEqual([]);
    expect(await outOfReach(bo.tab)).toEqual([]);
    await bo.join('Bo');
    expect(bo.tab.log.errors).toEqual([]);
  });
}

test('forbidden by the policy of a proxy: the page knows that no button of the browser will help', async ({
  server,
  chromium,
  cast,
}) => {
  const policy = 'camera=(), microphone=()';
  const proxy = await PrefixProxy.to(server.httpPort, '', { 'permissions-policy': policy });
  cast.onLeave(() => proxy.close());
  const bo = await person(cast, chromium);
  await bo.visit(proxy.address, freshRoom());
  expect((await meets(bo, 'denied-by-policy'))[0]).toEqual({ kind: 'denied-by-policy', guide: 'policy' });
  expect(await seriousProblems(bo.tab)).toEqual([]);
});

test('a permission given afterwards is noticed, and the devices start by themselves', async ({
  server,
  chromium,
  cast,
}) => {
  const browser = await Chromium.launch({ flags: FAKE_DEVICES });
  cast.onLeave(() => browser.close());
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await person(cast, browser);
  await bo.visit(server.address, room);
  const session = await browser.browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  const browserContextId = targetInfos.find(({ url }) => url.includes(room))?.browserContextId;
  const set = async (setting: 'denied' | 'granted') => {
    for (const name of ['videoCapture', 'audioCapture'])
      await session.send('Browser.setPermission', {
        permission: { name: name === 'videoCapture' ? 'camera' : 'microphone' },
        setting,
        origin: server.address,
        ...(browserContextId === undefined ? {} : { browserContextId }),
      });
  };
  await set('denied');
  await bo.visit(server.address, room);
  await meets(bo, 'denied');
  await bo.join('Bo');
  await set('granted');
  await seesMoving(ana.tab, 1);
  await hears(ana.tab, 1);
});

test('in the room a device that can not be had is explained in a dialog, with a way on', async ({ server, cast }) => {
  const browser = await Chromium.launch({ flags: GRANT_ALL });
  cast.onLeave(() => browser.close());
  const bo = await person(cast, browser);
  await bo.visit(server.address, freshRoom());
  await bo.tab.fill('Your name', 'Bo');
  await bo.press('Join without camera and microphone');
  await bo.isInRoom();
  expect(await problems(bo.tab)).toEqual([]);
  await bo.press('Turn on camera');
  await until('the dialog', () => bo.tab.has('heading', 'No camera was found'));
  expect(await problems(bo.tab)).toEqual([{ kind: 'not-found', guide: 'not-found' }]);
  expect(await seriousProblems(bo.tab)).toEqual([]);
  await bo.press('Go on without it');
  await until('the dialog to close', async () => (await problems(bo.tab)).length === 0);
});

test("inside a messenger's browser the page offers the way out of it", async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const bo = await person(cast, chromium, {
    viewport: { width: 360, height: 740 },
    userAgent:
      'Mozilla/5.0 (Linux; Android 14; SM-S921N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36;KAKAOTALK 2410730',
  });
  const address = `${server.address}/r/${room}`;
  await bo.tab.goto(address);
  await until('the explanation', () => bo.tab.has('heading', 'This page is open inside KakaoTalk'));
  expect(await bo.tab.page.getByRole('link', { name: 'Open in Chrome' }).getAttribute('href')).toBe(
    `kakaotalk://web/openExternal?url=${encodeURIComponent(address)}`,
  );
  expect(await seriousProblems(bo.tab)).toEqual([]);
  expect(await outOfReach(bo.tab)).toEqual([]);
  await bo.press('Go on in this app');
  await until('the page before joining', () => bo.tab.has('button', 'Join'));
});
