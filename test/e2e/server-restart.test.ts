import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { longestStandstill, noticeable, seeAndHear } from './support/media-checks.js';
import { freshRoom, test } from './support/stage.js';

const AWAY_MS = 2_500;

for (const { how, stop } of [
  { how: 'stopped', stop: 'down' },
  { how: 'killed', stop: 'crash' },
] as const) {
  test(`the server is ${how}: pictures go on; it is started again: both rejoin by themselves and go on talking`, {
    timeout: 150_000,
  }, async ({ server, chromium, cast }) => {
    const room = freshRoom();
    const ana = await cast.enters(chromium, server.address, room, 'Ana');
    const bo = await cast.enters(chromium, server.address, room, 'Bo');
    await seeAndHear([ana.tab, bo.tab], 1);
    const usual = await longestStandstill(ana.tab, () => sleep(AWAY_MS));
    const standstill = await longestStandstill(ana.tab, async () => {
      await server[stop]();
      await ana.isAway();
      await sleep(AWAY_MS);
    });
    await server.up();
    expect(standstill).toBeLessThan(noticeable(usual));

    await Promise.all([ana, bo].map((page) => page.isBack(30_000)));
    await seeAndHear([ana.tab, bo.tab], 1);
    await bo.openChat();
    await ana.say(`after it was ${how}`);
    await bo.shows(`after it was ${how}`);
    expect(await ana.members()).toHaveLength(2);
    expect(await ana.tab.evaluate(() => window.madangProbe.connections())).toBe(1);
  });
}
