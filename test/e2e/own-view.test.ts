import { expect } from 'vitest';
import { seesMoving } from './support/media-checks.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test('one’s own picture can be hidden and is still seen by the others; the key 0 brings it back, large', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  const own = () => ana.tab.evaluate(() => document.querySelectorAll('article[data-self=true]').length);
  await seesMoving(bo.tab, 1);
  await ana.press('More');
  await ana.tab.click('menuitem', 'Hide my picture from me');
  await until('the own tile to go', own, (count) => count === 0);
  await seesMoving(bo.tab, 1);
  await ana.tab.press('0');
  await until('the own tile to come back', own, (count) => count === 1);
  await until('it to be marked as pinned', () =>
    ana.tab.evaluate(() => document.querySelector('article[data-self=true] [aria-label=Pinned]') !== null),
  );
});

test('on a phone one’s own picture floats small over the other, who fills the stage', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  await cast.enters(chromium, server.address, room, 'Ana');
  const bo = new RoomPage(cast.add('Bo', await chromium.tab(PHONE)));
  await bo.visit(server.address, room);
  await bo.join('Bo');
  await seesMoving(bo.tab, 1);
  const sizes = () =>
    bo.tab.evaluate(() => {
      const box = (self: boolean) => document.querySelector(`article[data-self=${self}]`)!.getBoundingClientRect();
      const stage = document.querySelector('main section')!.getBoundingClientRect();
      const [own, other] = [box(true), box(false)];
      return {
        fills: Math.abs(other.width - stage.width) < 2 && Math.abs(other.height - stage.height) < 2,
        share: (own.width * own.height) / (stage.width * stage.height),
        isInside: own.right < stage.right && own.bottom < stage.bottom,
      };
    });
  const seen = await until('the other to fill the stage', sizes, ({ fills }) => fills);
  expect(seen.isInside).toBe(true);
  expect(seen.share).toBeLessThan(0.1);
});

test('on a phone the way back closes the sheet on top and stays in the call', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const tab = cast.add('Ana', await chromium.tab(PHONE));
  const ana = new RoomPage(tab);
  await ana.visit(server.address, room);
  await ana.join('Ana');
  const sheets = () => tab.page.getByRole('dialog').count();
  const back = () => tab.evaluate(() => history.back());
  await ana.press('More');
  await ana.press('Invite');
  await ana.shows('Invite people');
  expect(await sheets()).toBe(1);
  await back();
  await until('the sheet to close', sheets, (count) => count === 0);
  await ana.press('More');
  await tab.press('Escape');
  await until('the sheet to close', sheets, (count) => count === 0);
  await until('the button that opened it to have the focus', () =>
    tab.page.getByRole('button', { name: 'More' }).evaluate((button) => button === document.activeElement),
  );
  await ana.isInRoom();
  expect(tab.address()).toContain(room);
});
