import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { hears, longestStandstill, noticeable, seesMoving } from './support/media-checks.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

/** What a camera may need to open. */
const OPENING_MS = 1_000;

test('another camera and microphone during the call: frames go on, and nothing is negotiated anew', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(bo.tab, 1);
  await hears(bo.tab, 1);
  const labels = async (kind: string) =>
    (await ana.tab.evaluate(() => window.madangProbe.sending()))
      .filter((track) => track.kind === kind)
      .map((track) => track.label);
  const offers = async () =>
    (await ana.tab.evaluate(() => window.madangProbe.offers())) +
    (await bo.tab.evaluate(() => window.madangProbe.offers()));
  expect(await labels('video')).toEqual(['fake_device_0']);
  const before = await offers();

  const usual = await longestStandstill(bo.tab, () => sleep(2_000));
  const standstill = await longestStandstill(bo.tab, async () => {
    await ana.chooses('Camera options', 'fake_device_2');
    await until(
      'the other camera',
      () => labels('video'),
      ([label]) => label === 'fake_device_2',
    );
    await seesMoving(bo.tab, 1);
  });
  expect(standstill).toBeLessThan(noticeable(usual) + OPENING_MS);

  await ana.chooses('Microphone options', 'Fake Audio Input 2');
  await until(
    'the other microphone',
    () => labels('audio'),
    ([label]) => label === 'Fake Audio Input 2',
  );
  await hears(bo.tab, 1);
  await seesMoving(bo.tab, 1);
  expect(await offers()).toBe(before);
});
