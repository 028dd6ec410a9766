import { expect } from 'vitest';
import { lookAtPictures, seesMoving } from './support/media-checks.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

/** The parts of a page that TypeScript does not know, as the tests ask for them. */
type WithSmallWindow = Window & { documentPictureInPicture?: { window: Window | null } };

test('everyone moves in the small window, where one mutes and leaves; then it is gone', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(bo.tab, 1);
  await bo.press('More');
  await bo.tab.click('menuitem', 'Small window');
  const inside = () =>
    bo.tab.evaluate(() => {
      const small = (window as WithSmallWindow).documentPictureInPicture?.window?.document;
      if (!small) return null;
      return {
        playing: [...small.querySelectorAll('video')].filter((video) => video.videoWidth > 0 && !video.paused).length,
        names: [...small.querySelectorAll('button')].map((button) => button.getAttribute('aria-label')),
        isStyled: getComputedStyle(small.querySelector('main') ?? small.body).display === 'flex',
        lang: small.documentElement.lang,
      };
    });
  await until('both to move in the small window', inside, (small) => small?.playing === 2 && small.isStyled);
  expect(await inside()).toMatchObject({ names: ['Mute microphone', 'Turn off camera', 'Leave'], lang: 'en' });
  expect(await bo.tab.evaluate(() => window.madangProbe.violations())).toEqual([]);

  const press = (name: string) =>
    bo.tab.page.evaluate((label) => {
      const small = (window as WithSmallWindow).documentPictureInPicture?.window?.document;
      small?.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)?.click();
    }, name);
  await press('Mute microphone');
  await until('Ana to see Bo muted', () => ana.showsMuted('Bo'));
  await press('Leave');
  await bo.shows('You left the room');
  await until('the small window to be gone', async () => (await inside()) === null);
  await seesMoving(ana.tab, 0);
});

test('a single picture goes into a small window of its own from the menu of its tile', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(bo.tab, 1);
  await bo.choosesFor('Ana', 'Picture-in-picture');
  const owner = () =>
    bo.tab.evaluate(() => document.pictureInPictureElement?.closest('article')?.getAttribute('aria-label') ?? null);
  await until('Ana to be in the small window', owner, (name) => name === 'Ana');
  expect((await lookAtPictures(bo.tab)).length).toBe(1);
  await bo.choosesFor('Ana', 'Picture-in-picture');
  await until('the picture to be back', owner, (name) => name === null);
});
