import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { longestStandstill, noticeable, seesMoving } from './support/media-checks.js';
import { SeverableLine } from './support/severable-line.js';
import { freshRoom, test } from './support/stage.js';

const CUT_MS = 5_000;
test('a cut of the signaling for five seconds: same member, missed chat arrives, pictures never stop', async ({
  server,
  chromium,
  cast,
}) => {
  const line = await SeverableLine.to(server.httpPort);
  cast.onLeave(() => line.close());
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, line.address, room, 'Bo');
  await bo.openChat();
  await seesMoving(ana.tab, 1);
  await seesMoving(bo.tab, 1);
  const before = await ana.members();
  const offers = await bo.tab.evaluate(() => window.madangProbe.offers());

  const usual = await longestStandstill(bo.tab, () => sleep(CUT_MS));
  const standstill = await longestStandstill(bo.tab, async () => {
    line.cut();
    await bo.isAway();
    await ana.say('said while Bo was away');
    await sleep(CUT_MS);
    expect(await bo.tab.text()).not.toContain('said while Bo was away');
    line.mend();
    await bo.shows('said while Bo was away');
  });

  expect(standstill).toBeLessThan(noticeable(usual));
  expect(await ana.members()).toEqual(before);
  expect(await bo.tab.evaluate(() => window.madangProbe.offers())).toBe(offers);
  await bo.isBack();
  await bo.say('and back again');
  await ana.shows('and back again');
  await seesMoving(ana.tab, 1);
});
