import { expect } from 'vitest';
import type { ChromiumTab } from './support/chromium-tab.js';
import { seriousProblems } from './support/page-checks.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

const tiles = (tab: ChromiumTab) =>
  tab.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('article[data-tile]')].map((tile) => ({
      name: tile.getAttribute('aria-label') ?? '',
      area: tile.clientWidth * tile.clientHeight,
      signs: [...tile.querySelectorAll('[role=img]')].map((sign) => sign.getAttribute('aria-label')),
    })),
  );
const largest = async (tab: ChromiumTab) => (await tiles(tab)).reduce((a, b) => (b.area > 1.5 * a.area ? b : a)).name;

test('a host puts somebody in the spotlight for everyone; tiles are reached by arrows; layouts are chosen', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  const cho = await cast.enters(chromium, server.address, room, 'Cho');
  await until('three tiles', async () => (await ana.members()).length === 3);
  expect(await bo.isOfferedFor('Cho', 'Put in the spotlight for everyone')).toBe(false);
  await ana.choosesFor('Cho', 'Put in the spotlight for everyone');
  await until('Cho to be large for Bo', async () => (await largest(bo.tab)) === 'Cho');
  await cho.shows('A host put you in the spotlight');
  await ana.choosesFor('Cho', 'Take out of the spotlight');
  await until('all to be alike again', async () => new Set((await tiles(bo.tab)).map(({ area }) => area)).size === 1);

  const focused = () => ana.tab.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  await ana.tab.page.getByRole('article', { name: 'Bo' }).focus();
  await ana.tab.press('ArrowRight');
  expect(await focused()).toBe('Cho');
  await ana.tab.press('Home');
  await ana.tab.press('Enter');
  await until('Bo to be pinned', async () =>
    (await tiles(ana.tab)).some(({ name, signs }) => name === 'Bo' && signs.includes('Pinned')),
  );
  await ana.tab.press('Enter');

  await ana.press('More');
  await ana.tab.click('menuitem', 'Layout');
  await until('the layouts', () => ana.tab.page.getByRole('radio', { name: 'Speaker' }).isVisible());
  expect(await seriousProblems(ana.tab), 'layouts').toEqual([]);
  await ana.tab.page.getByRole('radio', { name: 'Speaker' }).check();
  await ana.tab.press('Escape');
  await until('somebody to be large', async () => new Set((await tiles(ana.tab)).map(({ area }) => area)).size > 1);
});
