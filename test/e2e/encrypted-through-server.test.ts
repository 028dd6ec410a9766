import { expect } from 'vitest';
import { Firefox } from './support/firefox.js';
import { hears, seesMoving } from './support/media-checks.js';
import { MEDIA_ON_OWN_ADDRESSES } from './support/own-addresses.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, stage } from './support/stage.js';
import type { Tab } from './support/tab.js';
import { until } from './support/until.js';
import { WhipGuest } from './support/whip-guest.js';

const KEY = '?mode=sfu#e2ee=a-secret-of-the-three';
const OTHER_KEY = '?mode=sfu#e2ee=another-one';

const test = stage({ server: { media: true, flags: MEDIA_ON_OWN_ADDRESSES } });

async function enters(tab: Tab, server: string, room: string, name: string, after = KEY): Promise<RoomPage> {
  const page = new RoomPage(tab);
  await page.visit(server, room, after);
  await page.join(name);
  return page;
}

test('the server forwards what neither it nor a viewer without the key can decode, and Chromium and Firefox see and hear each other', {
  timeout: 180_000,
}, async ({ server, chromium, cast }) => {
  const firefox = await Firefox.launch();
  cast.onLeave(() => firefox.close());
  const room = freshRoom();
  const ana = await enters(cast.add('Ana', await chromium.tab()), server.address, room, 'Ana');
  const bo = await enters(cast.add('Bo', await firefox.tab()), server.address, room, 'Bo');
  for (const { tab } of [ana, bo]) {
    await seesMoving(tab, 1, 60_000);
    await hears(tab, 1, 60_000);
  }

  const foreign = new WhipGuest(cast.add('Foreign', await chromium.tab()));
  await foreign.tab.goto(server.address);
  await foreign.view({ url: `${server.address}/whep/${room}` });
  await until(
    'sound to be forwarded',
    () => foreign.received(),
    ({ soundPackets }) => soundPackets > 150,
    30_000,
  );
  const { frames, soundEnergy, codec } = await foreign.received();
  expect({ frames, soundEnergy, codec }).toEqual({ frames: 0, soundEnergy: 0, codec: 'video/VP8' });
  await foreign.leave();

  const eve = await enters(cast.add('Eve', await chromium.tab()), server.address, room, 'Eve', OTHER_KEY);
  await eve.shows('Encrypted: the key is missing or another one', 30_000);
  await ana.shows('Encrypted: the key is missing or another one', 30_000);
  await eve.press('Leave');
  for (const { tab } of [ana, bo]) {
    await seesMoving(tab, 1);
    await hears(tab, 1);
  }
});
