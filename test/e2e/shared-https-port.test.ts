import { expect } from 'vitest';
import { Chromium } from './support/chromium.js';
import { seeAndHear } from './support/media-checks.js';
import { takesRelaysOnly, usedPaths } from './support/relay-only.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, stage } from './support/stage.js';
import { TrustingHome } from './support/trusting-home.js';

const test = stage({ server: { https: true, flags: ['--share-443'] } });

test('two Chromium pages that take relays only call each other through the port that the page came from', async ({
  server,
  cast,
}) => {
  const home = new TrustingHome(server.authority());
  cast.onLeave(async () => home.remove());
  const chromium = await Chromium.launch({ home: home.path });
  cast.onLeave(() => chromium.close());
  const room = freshRoom();
  const pages: RoomPage[] = [];
  for (const name of ['Ana', 'Bo']) {
    const tab = cast.add(name, await chromium.tab());
    await takesRelaysOnly(tab, 'tls');
    const page = new RoomPage(tab);
    await page.visit(`https://localhost:${server.httpsPort}`, room);
    await page.join(name);
    pages.push(page);
  }
  const [ana, bo] = pages as [RoomPage, RoomPage];
  await seeAndHear([ana.tab, bo.tab], 1, 60_000);
  for (const { tab } of pages) {
    const paths = await usedPaths(tab);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(path).toMatchObject({ type: 'relay', protocol: 'tls', remoteType: 'relay' });
  }
  await bo.openChat();
  await ana.say('on one port');
  await bo.shows('on one port');
  const metrics = await (await fetch(`${server.address}/metrics`)).text();
  expect(metrics).toMatch(/^madang_turn_streams [1-9]/m);
});
