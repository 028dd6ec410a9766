import { expect } from 'vitest';
import { hears, lookAtPictures, seesMoving } from './support/media-checks.js';
import { freshRoom, test } from './support/stage.js';

test('a shared screen arrives with moving frames and sound beside the camera, and goes when it stops', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  const [camera] = await seesMoving(bo.tab, 1);
  await ana.press('Share screen');
  const pictures = await seesMoving(bo.tab, 2);
  const screen = pictures.find((picture) => picture.track !== camera!.track);
  expect(screen).toBeDefined();
  await hears(bo.tab, 2);
  await bo.shows('Ana’s screen');

  await ana.press('Stop sharing');
  await seesMoving(bo.tab, 1);
  expect((await lookAtPictures(bo.tab)).map((picture) => picture.track)).toEqual([camera!.track]);
  await bo.hides('Ana’s screen');
  await ana.press('Share screen');
  await seesMoving(bo.tab, 2);
});

test('whoever joins later sees the screen that is shared already', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  await ana.press('Share screen');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(bo.tab, 2);
  await seesMoving(ana.tab, 1);
});
