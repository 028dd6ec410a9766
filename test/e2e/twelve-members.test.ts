import { expect } from 'vitest';
import { fakeDevices, GRANT_ALL } from './support/chromium.js';
import { disperse, type Gathering, gather, type Reception, received } from './support/crowd.js';
import { MadangServer } from './support/madang-server.js';
import { sdkSite } from './support/sdk-site.js';
import { freshRoom, stage } from './support/stage.js';
import { until } from './support/until.js';

const COUNT = 12;

const test = stage({ chromium: { flags: [fakeDevices(5), ...GRANT_ALL] } });

test('twelve see each other, and who sees them small is sent less than who sees them large', {
  timeout: 240_000,
}, async ({ chromium, cast }) => {
  const site = await sdkSite();
  cast.onLeave(() => site.close());
  const flags = ['--allow-origin', site.address];
  const server = await MadangServer.start({ media: true, flags });
  cast.onLeave(() => server.close());
  const { page } = cast.add('Crowd', await chromium.tab());
  await page.goto(site.address);
  const gathering: Gathering = { url: server.address, room: freshRoom(), count: COUNT, mode: 'sfu' };
  await page.evaluate(gather, gathering);

  const look = (): Promise<Reception[][]> => page.evaluate(received);
  const isMoving = (all: Reception[][]): boolean =>
    all.every((seen) => seen.length === COUNT - 1 && seen.every(({ frames }) => frames > 10));
  const fits = ([large, ...small]: Reception[][]): boolean =>
    large!.every(({ width }) => width === 640) && small.flat().every(({ width }) => width <= 320);
  await until('everyone to see everyone', look, isMoving, 120_000);
  const seen = await until('everyone in the size that is looked at', look, fits, 60_000);
  expect(seen.flat()).toHaveLength(COUNT * (COUNT - 1));
  const widths = seen.map((row) => [...new Set(row.map(({ width }) => width))].join('/'));
  console.log(
    `widths received by each: ${widths.join(', ')}; reasons: ${[...new Set(seen.flat().map(({ reason }) => reason))]}`,
  );
  await page.evaluate(disperse);
});
