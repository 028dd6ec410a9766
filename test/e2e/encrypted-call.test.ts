import { expect } from 'vitest';
import { isTold } from './support/findings.js';
import { Firefox } from './support/firefox.js';
import { hears, lookAtPictures, seeAndHear, seesMoving, soundEnergyOver } from './support/media-checks.js';
import { seriousProblems } from './support/page-checks.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, test as staged } from './support/stage.js';
import type { Tab } from './support/tab.js';
import { expectNothingForeign } from './support/tab-checks.js';
import { until } from './support/until.js';

const KEY = '#e2ee=a-secret-of-the-two';
const OTHER_KEY = '#e2ee=another-one';
const LOCKED = 'Encrypted: the key is missing or another one';

// biome-ignore lint/correctness/noEmptyPattern: fixtures are told apart by what they destructure.
const test = staged.extend('firefox', { scope: 'file' }, async ({}, { onCleanup }) => {
  const firefox = await Firefox.launch();
  onCleanup(() => firefox.close());
  return firefox;
});

async function enters(tab: Tab, server: string, room: string, name: string, after: string): Promise<RoomPage> {
  const page = new RoomPage(tab);
  await page.visit(server, room, after);
  await page.join(name);
  return page;
}

/** The code to compare, off the lock. */
async function codeOn(page: RoomPage): Promise<string> {
  const text = await until(
    'the code',
    () => page.tab.text(),
    (shown) => /\b\d{4} \d{4}\b/.test(shown),
  );
  return /\b\d{4} \d{4}\b/.exec(text)![0];
}

/** Pictures decoded and sound heard from others, in two seconds in which packets of both came. */
async function getsNothing(tab: Tab): Promise<void> {
  const packets = () =>
    tab.evaluate(async () =>
      (await window.madangProbe.statistics())
        .flatMap(
          (connection) => (connection as { rows: { type: string; kind: string; packetsReceived: number }[] }).rows,
        )
        .filter(({ type }) => type === 'inbound-rtp')
        .map(({ kind, packetsReceived }) => ({ kind, packetsReceived })),
    );
  const before = await until(
    'packets of both kinds',
    packets,
    (rows) => new Set(rows.filter(({ packetsReceived }) => packetsReceived > 20).map(({ kind }) => kind)).size === 2,
  );
  expect(await soundEnergyOver(tab, 2_000)).toBe(0);
  expect((await lookAtPictures(tab)).filter(({ newFrames }) => newFrames > 0)).toEqual([]);
  const after = await packets();
  const sum = (rows: typeof before) => rows.reduce((total, { packetsReceived }) => total + packetsReceived, 0);
  expect(sum(after)).toBeGreaterThan(sum(before) + 50);
}

for (const first of ['Chromium', 'Firefox'] as const) {
  test(`Chromium and Firefox see and hear each other encrypted, ${first} being first`, async ({
    server,
    chromium,
    firefox,
    cast,
  }) => {
    const room = freshRoom();
    const open = {
      Chromium: async () => cast.add('Chrome', await chromium.tab()),
      Firefox: async () => cast.add('Fox', await firefox.tab()),
    };
    const second = first === 'Chromium' ? 'Firefox' : 'Chromium';
    const one = await enters(await open[first](), server.address, room, first, KEY);
    const two = await enters(await open[second](), server.address, room, second, KEY);
    await seeAndHear([one.tab, two.tab], 1, 60_000);
    expect(await codeOn(one)).toBe(await codeOn(two));
    for (const page of [one, two]) await expectNothingForeign(page.tab, server.address);
  });
}

test('a screen with its sound, shared later, and a camera that was off for a while arrive encrypted, too', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await enters(cast.add('Ana', await chromium.tab()), server.address, room, 'Ana', KEY);
  const bo = await enters(cast.add('Bo', await chromium.tab()), server.address, room, 'Bo', KEY);
  await seesMoving(bo.tab, 1);
  await ana.press('Share screen');
  await seesMoving(bo.tab, 2);
  await hears(bo.tab, 2);
  await ana.press('Turn off camera');
  await seesMoving(bo.tab, 1);
  await ana.press('Turn on camera');
  await seesMoving(bo.tab, 2);
});

test('one with another key sees and hears nothing of the others, is told, and they go on', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await enters(cast.add('Ana', await chromium.tab()), server.address, room, 'Ana', KEY);
  const bo = await enters(cast.add('Bo', await chromium.tab()), server.address, room, 'Bo', KEY);
  const eve = await enters(cast.add('Eve', await chromium.tab()), server.address, room, 'Eve', OTHER_KEY);
  await eve.shows(LOCKED, 30_000);
  await getsNothing(eve.tab);
  expect(await codeOn(eve)).not.toBe(await codeOn(ana));
  await isTold(eve, 'encryption-locked');
  await bo.shows(LOCKED);
  // Bo's picture still moves for Ana, and his voice is heard: the ratchet was followed when Eve came.
  await until(
    'a picture that moves',
    () => lookAtPictures(ana.tab),
    (seen) => seen.filter(({ moving }) => moving).length === 1,
  );
  await eve.press('Leave');
  await seesMoving(ana.tab, 1);
  await hears(ana.tab, 1);
  await seesMoving(bo.tab, 1);
});

test('who comes without the key, or with one to a room that has none, stays outside and is told why', async ({
  server,
  chromium,
  cast,
}) => {
  const [locked, plain] = [freshRoom(), freshRoom()];
  await enters(cast.add('Ana', await chromium.tab()), server.address, locked, 'Ana', KEY);
  await cast.enters(chromium, server.address, plain, 'Cy');
  for (const [name, room, after, told] of [
    ['Bo', locked, '', 'This room is encrypted end to end'],
    ['Di', plain, KEY, 'open without encryption'],
  ] as const) {
    const page = new RoomPage(cast.add(name, await chromium.tab()));
    await page.visit(server.address, room, after);
    await page.tab.fill('Your name', name);
    await page.press('Join');
    await page.shows(told);
    expect(await page.tab.evaluate(() => window.madangProbe.connections())).toBe(0);
  }
});

test('the key never reaches the server, and the invitation carries it', async ({ server, chromium, cast }) => {
  const tab = cast.add('Ana', await chromium.tab());
  await tab.goto(server.address);
  await tab.click('button', 'New encrypted room');
  const page = new RoomPage(tab);
  await page.shows('encrypted end to end');
  const secret = new URL(tab.address()).hash;
  expect(secret).toMatch(/^#e2ee=[\w-]{22}$/);
  expect(await seriousProblems(tab), 'the door of an encrypted room').toEqual([]);
  await page.join('Ana');
  await page.press(`Encrypted end to end. Code: ${await codeOn(page)}`);
  await page.shows('Whoever has the same code has the same key');
  expect(await seriousProblems(tab), 'what is behind the lock').toEqual([]);
  await tab.press('Escape');
  await page.press('Invite');
  await until(
    'the link',
    () => tab.evaluate(() => document.querySelector<HTMLInputElement>('input[readonly]')?.value ?? ''),
    (link) => link.endsWith(secret),
  );
  expect(tab.log.requests.filter((address) => address.includes(secret.slice(6)) && !address.includes('#'))).toEqual([]);
  expect(server.output).not.toContain(secret.slice(6));
});
