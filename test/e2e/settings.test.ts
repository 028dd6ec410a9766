import { expect } from 'vitest';
import type { ChromiumTab } from './support/chromium-tab.js';
import { hears, lookAtPictures, seesMoving } from './support/media-checks.js';
import type { RoomPage } from './support/room-page.js';
import { freshRoom, test } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';
import { until } from './support/until.js';

type Person = RoomPage & { tab: ChromiumTab };

const SETTINGS = 'Camera and microphone settings';

async function openSettings(person: Person): Promise<void> {
  await person.press('Camera options');
  await person.tab.click('menuitem', SETTINGS);
  await until('the settings', () => person.tab.has('heading', SETTINGS));
}

async function flip(person: Person, name: string): Promise<void> {
  await person.tab.page.getByRole('switch', { name, exact: true }).click();
}

async function choose(person: Person, list: string, choice: string): Promise<void> {
  await person.tab.page.getByRole('combobox', { name: list, exact: true }).click();
  await person.tab.page.getByRole('option', { name: choice, exact: true }).click();
}

/** Mean distance, 0 to 255, between the strongest and the weakest colour of a point: 0 is grey. */
async function colourfulness(tab: ChromiumTab): Promise<number> {
  const [picture] = await tab.evaluate(() => window.madangProbe.pictures());
  const rgb = picture?.rgb ?? [];
  let sum = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const point = rgb.slice(at, at + 3);
    sum += Math.max(...point) - Math.min(...point);
  }
  return sum / (rgb.length / 3);
}

test('filters change what the others see, through a switch of cameras and back, without negotiation', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(bo.tab, 1);
  const colour = await colourfulness(bo.tab);
  const offers = () => ana.tab.evaluate(() => window.madangProbe.offers());
  const before = await offers();
  await openSettings(ana);
  await flip(ana, 'Grey picture');
  await until(
    'a grey picture',
    () => colourfulness(bo.tab),
    (now) => now < colour / 8,
  );
  await seesMoving(bo.tab, 1);
  await ana.tab.press('Escape');
  await ana.chooses('Camera options', 'fake_device_2');
  await until(
    'the other camera, grey too',
    async () => [await seesMoving(bo.tab, 1), await colourfulness(bo.tab)] as const,
    ([, now]) => now < colour / 8,
  );
  await openSettings(ana);
  await flip(ana, 'Grey picture');
  await until(
    'colours again',
    () => colourfulness(bo.tab),
    (now) => now > colour / 2,
  );
  await seesMoving(bo.tab, 1);
  expect(await offers()).toBe(before);
  await expectNothingForeign(ana.tab, server.address);
});

test('a smaller and a larger picture are really sent, and the mirror is only for oneself', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(bo.tab, 1);
  // All tabs share one camera, and a camera in use keeps the size that its first user asked for.
  await bo.press('Turn off camera');
  await openSettings(ana);
  await choose(ana, 'Resolution', '360p');
  await ana.shows('640 × 360');
  await until(
    'the small picture',
    () => lookAtPictures(bo.tab),
    ([picture]) => picture?.size === '640x360' && picture.moving,
  );
  await choose(ana, 'Resolution', '1080p');
  await choose(ana, 'Frame rate', '15 a second');
  await ana.shows('1920 × 1080');
  await until(
    'a larger picture',
    () => lookAtPictures(bo.tab),
    ([picture]) => Number(picture?.size.split('x')[0]) > 640 && picture?.moving === true,
  );
  const isMirrored = () =>
    ana.tab.page.evaluate(
      () => new DOMMatrix(getComputedStyle(document.querySelector('[data-self="true"] video')!).transform).a < 0,
    );
  expect(await isMirrored()).toBe(true);
  await flip(ana, 'Mirror my own picture');
  await until('the picture as the others see it', async () => !(await isMirrored()));
});

test('background blur comes from this server alone and gives a picture that moves', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(bo.tab, 1);
  expect(ana.tab.log.requests.filter((address) => /wasm|tflite/.test(address))).toEqual([]);
  await openSettings(ana);
  await choose(ana, 'Resolution', '360p');
  await flip(ana, 'Blur the background');
  await until(
    'the blur to be at work',
    () => ana.tab.evaluate(() => window.madangProbe.sending().filter(({ kind }) => kind === 'video')),
    ([track]) => track?.label !== undefined && !track.label.startsWith('fake_device'),
  );
  await seesMoving(bo.tab, 1);
  expect(ana.tab.log.requests.filter((address) => /wasm|tflite/.test(address)).length).toBeGreaterThan(1);
  await expectNothingForeign(ana.tab, server.address);
});

test('stronger noise suppression comes from this server alone and lets sound through', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await hears(bo.tab, 1);
  await openSettings(ana);
  await flip(ana, 'Stronger noise suppression');
  await until(
    'the suppressor to be at work',
    () => ana.tab.evaluate(() => window.madangProbe.sending().filter(({ kind }) => kind === 'audio')),
    ([track]) => track !== undefined && !track.label.startsWith('Fake'),
  );
  await hears(bo.tab, 1);
  expect(ana.tab.log.requests.some((address) => address.includes('rnnoise'))).toBe(true);
  await expectNothingForeign(ana.tab, server.address);
});
