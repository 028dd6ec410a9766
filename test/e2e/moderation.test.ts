import { expect } from 'vitest';
import { hears, hearsNothing, seesMoving } from './support/media-checks.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

test('a host mutes a member: silence for all, the member is told and may unmute', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await hears(ana.tab, 1);
  await ana.choosesFor('Bo', 'Mute for everyone');
  await bo.shows('Ana muted your microphone');
  await until('Bo to be muted', () => bo.tab.has('button', 'Unmute microphone'));
  await hearsNothing(ana.tab);
  await bo.press('Unmute microphone');
  await hears(ana.tab, 1);
});

test('a host removes a member: the call ends for that one, who is told by whom', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(ana.tab, 1);
  await ana.choosesFor('Bo', 'Remove from the room');
  await ana.press('Remove');
  await bo.shows('A host removed you from the room');
  await seesMoving(ana.tab, 0);
  expect(await bo.tab.evaluate(() => window.madangProbe.connections())).toBe(0);
  expect(await bo.tab.evaluate(() => window.madangProbe.sending())).toEqual([]);
});

test('only a host is offered to mute and remove; when the host leaves, the other becomes one', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  const cho = await cast.enters(chromium, server.address, room, 'Cho');
  expect(await bo.isOfferedFor('Cho', 'Remove from the room')).toBe(false);
  await ana.press('Leave');
  await ana.shows('You are the only host');
  await ana.press('Leave');
  await bo.shows('You are now a host of this room');
  expect(await bo.isOfferedFor('Cho', 'Remove from the room')).toBe(true);
  expect(await cho.isOfferedFor('Bo', 'Remove from the room')).toBe(false);
});
