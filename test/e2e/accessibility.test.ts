import { expect } from 'vitest';
import type { ChromiumTab } from './support/chromium-tab.js';
import { seesMoving } from './support/media-checks.js';
import { seriousProblems } from './support/page-checks.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`landing page, door, call and chat have no serious barriers (${colorScheme})`, async ({
    server,
    chromium,
    cast,
  }) => {
    const room = freshRoom();
    const tab = cast.add('Ana', await chromium.tab({ colorScheme, reducedMotion: 'reduce' }));
    const ana = new RoomPage(tab);
    await tab.goto(`${server.address}/`);
    await until('the landing page', () => tab.has('button', 'New room'));
    expect(await seriousProblems(tab), 'landing page').toEqual([]);
    await ana.visit(server.address, room);
    await ana.previews();
    expect(await seriousProblems(tab), 'door').toEqual([]);
    await ana.join('Ana');
    expect(await seriousProblems(tab), 'alone in the room').toEqual([]);
    const bo = await cast.enters(chromium, server.address, room, 'Bo');
    await seesMoving(tab, 1);
    await ana.openChat();
    await bo.say('Hello');
    await ana.shows('Hello');
    expect(await seriousProblems(tab), 'call with chat').toEqual([]);
  });
}

test('the whole way into a call and out of it by keyboard alone', async ({ server, chromium, cast }) => {
  const tab = cast.add('Ana', await chromium.tab());
  const page = new RoomPage(tab);
  await page.visit(server.address, freshRoom());
  await tab.page.getByRole('textbox', { name: 'Your name' }).focus();
  await tab.page.keyboard.type('Ana');
  await tab.press('Enter');
  await page.isInRoom();
  await tabTo(tab, 'Mute microphone');
  await tab.press('Enter');
  await until('the microphone to be muted', () => tab.has('button', 'Unmute microphone'));
  await tabTo(tab, 'Leave');
  await tab.press('Enter');
  await page.shows('You left the room');
});

/** Presses the tab key until the button of this name has the focus. */
async function tabTo(tab: ChromiumTab, name: string): Promise<void> {
  const button = tab.page.getByRole('button', { name, exact: true });
  for (let pressed = 0; pressed < 40; pressed++) {
    if (await button.evaluate((element) => element === document.activeElement)) return;
    await tab.press('Tab');
  }
  throw new Error(`no way to “${name}” by the tab key`);
}
