import { expect } from 'vitest';
import { Firefox } from './support/firefox.js';
import { seeAndHear } from './support/media-checks.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, test as staged } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';

// biome-ignore lint/correctness/noEmptyPattern: fixtures are told apart by what they destructure.
const test = staged.extend('firefox', { scope: 'file' }, async ({}, { onCleanup }) => {
  const firefox = await Firefox.launch();
  onCleanup(() => firefox.close());
  return firefox;
});

for (const first of ['Chromium', 'Firefox'] as const) {
  test(`Chromium and Firefox see and hear each other and chat, ${first} being first`, async ({
    server,
    chromium,
    firefox,
    cast,
  }) => {
    const room = freshRoom();
    const fox = new RoomPage(cast.add('Fox', await firefox.tab()));
    const chrome = new RoomPage(cast.add('Chrome', await chromium.tab()));
    const [one, two] = first === 'Chromium' ? [chrome, fox] : [fox, chrome];
    for (const page of [one, two]) {
      await page.visit(server.address, room);
      await page.join(page === fox ? 'Fox' : 'Chrome');
    }
    await seeAndHear([one.tab, two.tab], 1, 60_000);
    await Promise.all([one.openChat(), two.openChat()]);
    await fox.say('Hello from Firefox');
    await chrome.shows('Hello from Firefox');
    await chrome.say('Hello from Chromium');
    await fox.shows('Hello from Chromium');
    for (const page of [one, two]) await expectNothingForeign(page.tab, server.address);
    expect(await chrome.tab.evaluate(() => window.madangProbe.connections())).toBe(1);
  });
}
