import { expect, test as plain } from 'vitest';
import { Chromium } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { Firefox } from './support/firefox.js';
import type { FirefoxTab } from './support/firefox-tab.js';
import { MadangServer } from './support/madang-server.js';
import { longestStandstill, seeAndHear } from './support/media-checks.js';
import { type RelayWay, takesRelaysOnly, usedPaths } from './support/relay-only.js';
import { RoomPage } from './support/room-page.js';
import { Cast, freshRoom } from './support/stage.js';
import type { Tab } from './support/tab.js';
import { TrustingHome } from './support/trusting-home.js';
import { until } from './support/until.js';

/** Long enough for a call to begin, short enough to see one run out. */
const SHORT_SECONDS = 6;

const test = plain
  // biome-ignore lint/correctness/noEmptyPattern: fixtures are told apart by what they destructure.
  .extend('server', { scope: 'file' }, async ({}, { onCleanup }) => {
    const server = await MadangServer.start({ https: true, turn: true });
    onCleanup(() => server.close());
    return server;
  })
  .extend('cast', async ({ server: _ }, { onCleanup }) => {
    const cast = new Cast();
    onCleanup(() => cast.leave());
    return cast;
  });

/** A Chromium that trusts the server's own authority. */
async function trustingChromium(cast: Cast, server: MadangServer): Promise<Chromium> {
  const home = new TrustingHome(server.authority());
  cast.onLeave(async () => home.remove());
  const chromium = await Chromium.launch({ home: home.path });
  cast.onLeave(() => chromium.close());
  return chromium;
}

/** Two people in a call, each of whom reaches the other by way of the server's relays only. */
async function relayedCall<T extends ChromiumTab | FirefoxTab>(
  cast: Cast,
  server: MadangServer,
  browser: { tab(): Promise<T> },
  way: RelayWay,
): Promise<T[]> {
  const room = freshRoom();
  const tabs: T[] = [];
  for (const name of ['Ana', 'Bo']) {
    const tab = cast.add(name, await browser.tab());
    await takesRelaysOnly(tab, way);
    const page = new RoomPage(tab);
    await page.visit(server.address, room);
    await page.join(name);
    tabs.push(tab);
  }
  await seeAndHear(tabs, 1, 60_000);
  return tabs;
}

/** A value of `/metrics`. */
async function metric(server: MadangServer, name: string): Promise<number> {
  const text = await (await fetch(`${server.address}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

test.for(['udp', 'tcp', 'tls'] as const)(
  'two Chromium pages that take relays only call each other through the server over %s',
  async (way, { server, cast }) => {
    const tabs = await relayedCall(cast, server, await trustingChromium(cast, server), way);
    for (const tab of tabs) {
      expect(await usedPaths(tab)).toMatchObject([{ type: 'relay', protocol: way, remoteType: 'relay' }]);
    }
    expect(await metric(server, 'madang_turn_allocations')).toBeGreaterThanOrEqual(2);
  },
);

test('two Firefox pages that take relays only call each other through the server over udp', async ({
  server,
  cast,
}) => {
  const passedOn = () => metric(server, 'madang_turn_relayed_packets_total{to="peer"}');
  const before = await passedOn();
  const firefox = await Firefox.launch();
  cast.onLeave(() => firefox.close());
  const tabs = await relayedCall(cast, server, firefox, 'udp');
  for (const tab of tabs) expect((await usedPaths(tab))[0]).toMatchObject({ type: 'relay', remoteType: 'relay' });
  expect(await passedOn()).toBeGreaterThan(before + 100);
});

/** The names of the credentials that the page's connection was told, each beginning with its end in seconds. */
const namesTold = (tab: Tab) => tab.evaluate(() => window.madangTurnNames);
const endOf = (name: string | undefined) => Number(name?.split(':')[0]) * 1_000;

test('a call goes on when the credentials that it began with run out, and finds a new path with fresh ones', async ({
  cast,
}) => {
  const flags = ['--turn-credential-seconds', String(SHORT_SECONDS)];
  const server = await MadangServer.start({ turn: true, flags });
  cast.onLeave(() => server.close());
  const chromium = await Chromium.launch();
  cast.onLeave(() => chromium.close());
  const tabs = await relayedCall(cast, server, chromium, 'udp');
  const [ana, bo] = tabs as [ChromiumTab, ChromiumTab];
  const [before] = await usedPaths(ana);
  const stoodStill = await longestStandstill(bo, async () => {
    const [first] = await namesTold(ana);
    await until('the first credentials to have run out', () => Date.now() > endOf(first) + 2_000);
  });
  expect(stoodStill).toBeLessThan(2_000);
  expect((await usedPaths(ana))[0]).toEqual(before);
  for (const tab of tabs) expect(endOf((await namesTold(tab)).at(-1))).toBeGreaterThan(Date.now());
  // As if the network had changed: only fresh credentials get new relayed addresses now.
  for (const tab of tabs) await tab.evaluate(() => window.dispatchEvent(new Event('online')));
  const after = await until(
    'another relayed address',
    async () => (await usedPaths(ana))[0],
    (path) => path !== undefined && path.port !== before?.port,
  );
  expect(after).toMatchObject({ type: 'relay', protocol: 'udp', remoteType: 'relay' });
  await seeAndHear(tabs, 1);
});
