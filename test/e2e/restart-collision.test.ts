import { setTimeout as sleep } from 'node:timers/promises';
import { seeAndHear } from './support/media-checks.js';
import { freshRoom, test } from './support/stage.js';

const TIMES = 5;

test('both ends look for a new path in the same moment, again and again: sound and pictures go on', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  const tabs = [ana.tab, bo.tab];
  await seeAndHear(tabs, 1);
  for (let time = 0; time < TIMES; time += 1) {
    // As if both had been told that their network changed.
    await Promise.all(tabs.map((tab) => tab.evaluate(() => window.dispatchEvent(new Event('online')))));
    await sleep(1_000);
    await seeAndHear(tabs, 1, 8_000);
  }
});
