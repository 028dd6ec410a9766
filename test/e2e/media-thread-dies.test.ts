import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { ChoosyViewer } from './support/choosy-viewer.js';
import { fakeDevices, GRANT_ALL } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { Firefox } from './support/firefox.js';
import type { MadangServer } from './support/madang-server.js';
import { seeAndHear } from './support/media-checks.js';
import { MEDIA_ON_OWN_ADDRESSES } from './support/own-addresses.js';
import type { RoomPage } from './support/room-page.js';
import { sdkSite } from './support/sdk-site.js';
import { freshRoom, stage } from './support/stage.js';
import { subscriptionsOf } from './support/subscriptions.js';
import { until } from './support/until.js';
import { entersWatched, gapsOf, gapsText } from './support/watched-guest.js';

const site = await sdkSite();
afterAll(() => site.close());

const test = stage({
  server: {
    media: true,
    mortal: true,
    flags: ['--mode', 'sfu', '--media-threads', '2', '--allow-origin', site.address, ...MEDIA_ON_OWN_ADDRESSES],
  },
  chromium: { flags: [fakeDevices(5), ...GRANT_ALL] },
});

/** Packets have come steadily by then, and a thread in reserve is loaded. */
const SETTLED_MS = 6_000;

/** The port of the media thread that carries what this page receives. */
async function threadOf({ tab }: RoomPage, { mediaPorts }: MadangServer): Promise<number> {
  return await until(
    'a path to a media thread',
    async () => {
      const rows = (await tab.evaluate(() => window.madangProbe.statistics())) as { rows: { port?: number }[] }[];
      const ports = new Set(rows.flatMap((connection) => connection.rows.map(({ port }) => port ?? 0)));
      return mediaPorts.filter((port) => ports.has(port));
    },
    (ports) => ports.length === 1,
  ).then(([port]) => port!);
}

const offersOf = (guests: readonly RoomPage[]): Promise<number[]> =>
  Promise.all(guests.map(({ tab }) => tab.evaluate(() => window.madangProbe.offers())));

/** How long the thread was away by the server's own log. */
function awayMs(output: string): number {
  return Number(/"?awayMs"?: ?(\d+)/.exec(output)?.[1] ?? Number.NaN);
}

test.runIf(hasAddon())(
  'a media thread dies: its members, in Chromium and Firefox, are there again by themselves, and another room notices nothing',
  {
    timeout: 240_000,
  },
  async ({ server, chromium, cast }) => {
    const firefox = await Firefox.launch();
    cast.onLeave(() => firefox.close());
    const enter = async (room: string, name: string) =>
      await entersWatched(cast, (await chromium.tab()) as ChromiumTab, server.address, room, name);
    const [tea, coffee] = [freshRoom(), freshRoom()];
    const ana = await enter(tea, 'Ana');
    const inTea = [ana, await entersWatched(cast, await firefox.tab(), server.address, tea, 'Bo')];
    const inCoffee = [await enter(coffee, 'Dan'), await enter(coffee, 'Eve')];
    const tabs = (guests: readonly RoomPage[]) => guests.map(({ tab }) => tab);
    const vic = cast.add('Vic', (await chromium.tab()) as ChromiumTab);
    const viewer = new ChoosyViewer(vic.page);
    await viewer.enter(site.address, { url: server.address, room: tea, paused: 'Ana', first: 'Bo' });
    await Promise.all([seeAndHear(tabs(inTea), 1, 90_000), seeAndHear(tabs(inCoffee), 1, 90_000)]);
    const [dying, other] = [await threadOf(inTea[0]!, server), await threadOf(inCoffee[0]!, server)];
    expect(dying).not.toBe(other);
    const everyone = [...inTea, ...inCoffee];
    const receiving = [...tabs(everyone), vic];
    const subscriptions = await Promise.all(receiving.map(subscriptionsOf));
    const members = await Promise.all(everyone.map((page) => page.members()));
    const offers = await offersOf(everyone);

    const quiet = await gapsOf(everyone, () => sleep(SETTLED_MS));
    const gaps = await gapsOf(everyone, async () => {
      server.killThread(dying);
      await until('the server to notice', () => server.output.includes('a media thread has died'));
      await until('everyone to have begun anew', async () =>
        (await offersOf(inTea)).every((count, ix) => count > offers[ix]!),
      );
      await seeAndHear(tabs(inTea), 1, 60_000);
    });
    const of = (all: typeof gaps, guests: typeof inTea) =>
      gapsText(all.slice(guests === inTea ? 0 : inTea.length).slice(0, guests.length));
    console.log(
      `the thread was away for ${awayMs(server.output)} ms\nits room: ${of(gaps, inTea)} (quiet: ${of(quiet, inTea)})\n` +
        `the other: ${of(gaps, inCoffee)} (quiet: ${of(quiet, inCoffee)})`,
    );

    expect(await Promise.all(everyone.map((page) => page.members()))).toEqual(members);
    for (const { tab } of everyone) expect(await tab.evaluate(() => window.madangProbe.connections())).toBe(2);
    expect(await offersOf(inCoffee)).toEqual(offers.slice(inTea.length));
    expect(await Promise.all(receiving.map(subscriptionsOf))).toEqual(subscriptions);
    const taken = await until(
      'Bo to come again',
      () => viewer.taken(),
      (all) => all.some(({ member, packets }) => member === 'Bo' && packets > 0),
    );
    expect(taken).toMatchObject([
      { member: 'Ana', paused: true, reason: 'paused', packets: 0, isSame: true },
      { member: 'Bo', paused: false, priority: 'high', isSame: true },
    ]);
    await seeAndHear(tabs(inCoffee), 1, 60_000);

    const dan = inCoffee[0]!;
    for (const page of [ana, dan]) await page.press('Inspector');
    await until('Ana to be told why', () => ana.tab.page.locator('[data-why="thread"]').count());
    await ana.shows('the part of the server that carried the call died, and was started again');
    expect(await dan.tab.page.locator('[data-why="thread"]').count()).toBe(0);
  },
);
