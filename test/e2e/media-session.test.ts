import { expect } from 'vitest';
import { hears, hearsNothing } from './support/media-checks.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

declare global {
  interface Window {
    /** What the page has offered to the system's media controls. */
    offered: Map<string, () => void>;
  }
}

/** Runs before the page's scripts: keeps the handlers the page gives to the browser, which gets them all the same. */
function listenIn(): void {
  window.offered = new Map();
  const { setActionHandler } = MediaSession.prototype;
  MediaSession.prototype.setActionHandler = function (
    action: MediaSessionAction,
    handler: MediaSessionActionHandler | null,
  ) {
    setActionHandler.call(this, action, handler);
    if (handler) window.offered.set(action, () => handler({ action }));
    else window.offered.delete(action);
  };
}

test('the system’s media controls mute, turn the camera off and hang up, and show the room’s name', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const tab = cast.add('Bo', await chromium.tab());
  await tab.page.addInitScript(listenIn);
  const bo = new RoomPage(tab);
  await bo.visit(server.address, room);
  await bo.join('Bo');
  await hears(ana.tab, 1);
  const use = (action: string) => tab.page.evaluate((name) => window.offered.get(name)?.(), action);
  expect(await tab.evaluate(() => navigator.mediaSession.metadata?.title)).toBe(room);
  expect(await tab.evaluate(() => [...window.offered.keys()].sort())).toEqual([
    'enterpictureinpicture',
    'hangup',
    'togglecamera',
    'togglemicrophone',
  ]);

  await use('togglemicrophone');
  await until('Bo to be muted', () => tab.has('button', 'Unmute microphone'));
  await hearsNothing(ana.tab);
  await use('togglemicrophone');
  await hears(ana.tab, 1);
  await use('togglecamera');
  await until('the camera to be off', () => tab.has('button', 'Turn on camera'));
  await use('hangup');
  await bo.shows('You left the room');
  expect(await tab.evaluate(() => window.offered.size)).toBe(0);
  expect(await tab.evaluate(() => navigator.mediaSession.metadata)).toBeNull();
});
