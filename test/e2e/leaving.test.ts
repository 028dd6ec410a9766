import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

test('the last host hands the room over and leaves: the one named is host, though another was here longer', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  const cho = await cast.enters(chromium, server.address, room, 'Cho');
  await ana.press('Leave');
  await ana.press('Make Cho host and leave');
  await ana.shows('You left the room');
  await cho.shows('You are now a host of this room');
  await until('Cho to have a host’s powers', () => cho.isOfferedFor('Bo', 'Remove from the room'));
  // Cho is the last host now, Bo is none: only Cho is asked.
  await bo.press('Leave');
  await bo.shows('You left the room');
});

test('the last host stays, then ends the call for everyone', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await ana.press('Leave');
  await ana.press('Stay');
  await ana.hides('You are the only host');
  await ana.press('Leave');
  await ana.press('End the call for everyone');
  for (const page of [ana, bo]) await page.shows('A host closed the room');
});
