import { expect } from 'vitest';
import { seesMoving } from './support/media-checks.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test('on a phone: nothing sticks out, a raised hand is seen, and a host closes the room for all', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = new RoomPage(cast.add('Bo', await chromium.tab(PHONE)));
  const sticksOut = () => bo.tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await bo.visit(server.address, room);
  expect(await sticksOut()).toBeLessThanOrEqual(0);
  await bo.join('Bo');
  await seesMoving(bo.tab, 1);
  expect(await sticksOut()).toBeLessThanOrEqual(0);

  await bo.press('More');
  await bo.press('Raise hand');
  await ana.shows('Bo raised a hand');

  await ana.press('People');
  await ana.press('Close room for everyone');
  await ana.press('Close room');
  for (const page of [ana, bo]) await page.shows('A host closed the room');
  await until('the camera to be let go', () =>
    bo.tab.evaluate(() => window.madangProbe.sending().length === 0 && window.madangProbe.connections() === 0),
  );
});
