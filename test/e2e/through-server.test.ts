import { expect } from 'vitest';
import { fakeDevices, GRANT_ALL } from './support/chromium.js';
import { Firefox } from './support/firefox.js';
import { hears, hearsNothing, lookAtPictures, seeAndHear, seesMoving } from './support/media-checks.js';
import { MEDIA_ON_OWN_ADDRESSES } from './support/own-addresses.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, stage } from './support/stage.js';
import { until } from './support/until.js';

/** Twenty pictures are decoded at once here, on one machine. */
const test = stage({
  server: { media: true, flags: ['--mode', 'sfu', ...MEDIA_ON_OWN_ADDRESSES] },
  chromium: { flags: [fakeDevices(5), ...GRANT_ALL] },
});

test('five, one of them in Firefox, see and hear all others by two connections each, one up and one down', {
  timeout: 240_000,
}, async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const firefox = await Firefox.launch();
  cast.onLeave(() => firefox.close());
  const fox = new RoomPage(cast.add('Fox', await firefox.tab()));
  await fox.visit(server.address, room);
  await fox.join('Fox');
  const inside = [fox];
  for (const name of ['Bo', 'Cho', 'Dan', 'Eve']) {
    inside.push(await cast.enters(chromium, server.address, room, name));
  }
  const tabs = inside.map(({ tab }) => tab);
  await seeAndHear(tabs, 4, 90_000);
  for (const tab of tabs) expect(await tab.evaluate(() => window.madangProbe.connections())).toBe(2);

  const bo = inside[1]!;
  await inside[4]!.press('Leave');
  await seesMoving(bo.tab, 3, 60_000);
  await fox.press('Turn off camera');
  await seesMoving(bo.tab, 2, 60_000);
  await fox.press('Turn on camera');
  await seesMoving(bo.tab, 3, 60_000);
});

test('a muted microphone is silent to the others, and heard again', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await hears(bo.tab, 1);
  await ana.press('Mute microphone');
  await until('Bo to see Ana muted', () => bo.showsMuted('Ana'));
  await hearsNothing(bo.tab);
  await ana.press('Unmute microphone');
  await until('Bo to see Ana unmuted', async () => !(await bo.showsMuted('Ana')));
  await hears(bo.tab, 1);
});

test('a shared screen comes with its sound, goes when it stops, and is there for who joins later', {
  timeout: 180_000,
}, async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(bo.tab, 1);
  await ana.press('Share screen');
  await seesMoving(bo.tab, 2, 60_000);
  await hears(bo.tab, 2);
  const cho = await cast.enters(chromium, server.address, room, 'Cho');
  await seesMoving(cho.tab, 3, 60_000);
  await ana.press('Stop sharing');
  await seesMoving(bo.tab, 2, 60_000);
  expect(await lookAtPictures(cho.tab)).toHaveLength(2);
});
