import { expect } from 'vitest';
import { hears, seesMoving } from './support/media-checks.js';
import { freshRoom, test } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';

test('two pages see moving pictures both ways and hear each other', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  for (const page of [ana, bo]) {
    const [picture] = await seesMoving(page.tab, 1);
    expect(picture!.size).not.toBe('0x0');
    await hears(page.tab, 1);
    expect(await page.tab.evaluate(() => window.madangProbe.connections())).toBe(1);
  }
  await ana.shows('Bo');
  await bo.shows('Ana');
  for (const page of [ana, bo]) await expectNothingForeign(page.tab, server.address);
});

test('when one leaves, the other is told and shows no picture any more', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(ana.tab, 1);
  await bo.press('Leave');
  await bo.shows('You left the room');
  await ana.shows('Bo left');
  await seesMoving(ana.tab, 0);
  expect(await ana.tab.evaluate(() => window.madangProbe.connections())).toBe(0);
  expect(await bo.tab.evaluate(() => window.madangProbe.connections())).toBe(0);
});
