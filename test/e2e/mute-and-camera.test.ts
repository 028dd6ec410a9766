import { expect } from 'vitest';
import { hears, hearsNothing, seesMoving } from './support/media-checks.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

test('a muted microphone is silent to the other and shown as muted; unmuting brings the sound back', async ({
  server,
  chromium,
  cast,
}) => {
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

test('a camera turned off takes the picture away and lets the device go; turned on, it moves again', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(bo.tab, 1);
  await ana.press('Turn off camera');
  await seesMoving(bo.tab, 0);
  const sending = await ana.tab.evaluate(() => window.madangProbe.sending());
  expect(sending.map((track) => track.kind)).toEqual(['audio']);
  await ana.press('Turn on camera');
  await seesMoving(bo.tab, 1);
});

test('whoever joins later finds mute states as they are', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  await ana.press('Mute microphone');
  await ana.press('Turn off camera');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await until('Bo to see Ana muted', () => bo.showsMuted('Ana'));
  await hears(ana.tab, 1);
  await seesMoving(ana.tab, 1);
  await seesMoving(bo.tab, 0);
  await ana.press('Turn on camera');
  await ana.press('Unmute microphone');
  await seesMoving(bo.tab, 1);
  await hears(bo.tab, 1);
});
