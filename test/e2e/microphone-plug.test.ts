import { expect } from 'vitest';
import { Chromium, GRANT_ALL } from './support/chromium.js';
import { hears, hearsNothing } from './support/media-checks.js';
import { PulseAudio } from './support/pulse-audio.js';
import { type Cast, freshRoom, test } from './support/stage.js';

/** A Chromium with real microphones, of a sound server that the test rules. */
async function withMicrophones(cast: Cast, ...names: string[]) {
  const pulse = await PulseAudio.start();
  cast.onLeave(() => pulse.close());
  for (const name of names) pulse.plug(name, name);
  const browser = await Chromium.launch({ flags: GRANT_ALL, environment: pulse.environment });
  cast.onLeave(() => browser.close());
  return { pulse, browser };
}

test('a microphone muted by the system is told, and heard again when the system lets it', async ({
  server,
  chromium,
  cast,
}) => {
  const { pulse, browser } = await withMicrophones(cast, 'desk');
  pulse.play('desk');
  const room = freshRoom();
  const ana = await cast.enters(browser, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await hears(bo.tab, 1);
  pulse.mute('desk', true);
  await ana.shows('Your microphone is muted by the system');
  await hearsNothing(bo.tab);
  pulse.mute('desk', false);
  await ana.hides('Your microphone is muted by the system');
  await hears(bo.tab, 1);
});

test('a microphone that gives nothing at all is told', async ({ server, cast }) => {
  const { pulse, browser } = await withMicrophones(cast, 'desk');
  const ana = await cast.enters(browser, server.address, freshRoom(), 'Ana');
  await ana.shows('No sound at all comes from your microphone');
  const silent = () => ana.tab.page.evaluate(() => document.querySelectorAll('[data-hint="microphone"]').length);
  expect(await silent()).toBe(1);
  pulse.play('desk');
  await ana.hides('No sound at all comes from your microphone');
});

test('whoever talks into a muted microphone is told, once, and can unmute there', async ({
  server,
  chromium,
  cast,
}) => {
  const { pulse, browser } = await withMicrophones(cast, 'desk');
  const room = freshRoom();
  const ana = await cast.enters(browser, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await ana.press('Mute microphone');
  pulse.play('desk');
  await ana.shows('You are talking, but your microphone is muted');
  await hearsNothing(bo.tab);
  await ana.tab.page.locator('[data-hint="microphone"]').getByRole('button', { name: 'Unmute microphone' }).click();
  await hears(bo.tab, 1);
});
