import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { hears, longestStandstill, noticeable, seesMoving } from './support/media-checks.js';
import { freshRoom, test } from './support/stage.js';

const AWAY_MS = 3_000;

for (const { how, stop } of [
  { how: 'stopped', stop: 'down' },
  { how: 'killed', stop: 'crash' },
] as const) {
  test(`the server is ${how} and started again: both rejoin by themselves and the call goes on`, {
    timeout: 150_000,
  }, async ({ server, chromium, cast }) => {
    const room = freshRoom();
    const ana = await cast.enters(chromium, server.address, room, 'Ana');
    const bo = await cast.enters(chromium, server.address, room, 'Bo');
    await seesMoving(ana.tab, 1);
    await server[stop]();
    await ana.isAway();
    await server.up();
    await Promise.all([ana, bo].map((page) => page.isBack(30_000)));
    for (const page of [ana, bo]) {
      await seesMoving(page.tab, 1, 30_000);
      await hears(page.tab, 1, 30_000);
    }
    await bo.openChat();
    await ana.say(`after it was ${how}`);
    await bo.shows(`after it was ${how}`);
    expect(await ana.tab.evaluate(() => window.madangProbe.connections())).toBe(1);
  });
}

test('while the server is away, pictures between the two go on', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(ana.tab, 1);
  await seesMoving(bo.tab, 1);
  const usual = await longestStandstill(ana.tab, () => sleep(AWAY_MS));
  const standstill = await longestStandstill(ana.tab, async () => {
    await server.crash();
    await ana.isAway();
    await sleep(AWAY_MS);
  });
  await server.up();
  expect(standstill).toBeLessThan(noticeable(usual));
  await Promise.all([ana, bo].map((page) => page.isBack(30_000)));
});
