import { expect } from 'vitest';
import { fakeDevices, GRANT_ALL } from './support/chromium.js';
import { seeAndHear } from './support/media-checks.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, stage } from './support/stage.js';

/** Twelve pictures are encoded and decoded at once here, on one machine. */
const test = stage({ chromium: { flags: [fakeDevices(5), ...GRANT_ALL] } });

test('three and four see and hear all others, the fifth is told that the room is full', { timeout: 240_000 }, async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const inside = [
    await cast.enters(chromium, server.address, room, 'Ana'),
    await cast.enters(chromium, server.address, room, 'Bo'),
  ];
  for (const name of ['Cho', 'Dan']) {
    inside.push(await cast.enters(chromium, server.address, room, name));
    await seeAndHear(
      inside.map((page) => page.tab),
      inside.length - 1,
      60_000,
    );
  }

  const fifth = new RoomPage(cast.add('Eve', await chromium.tab()));
  await fifth.visit(server.address, room);
  await fifth.tab.fill('Your name', 'Eve');
  await fifth.press('Join');
  await fifth.shows('This room is full');
  await fifth.shows('A peer-to-peer room holds four people.');
  expect(await fifth.tab.has('button', 'Leave')).toBe(false);

  const fourth = inside[3]!;
  await fourth.tab.reload();
  await fourth.join('Dan');
  await seeAndHear(
    inside.map((page) => page.tab),
    3,
    60_000,
  );
});
