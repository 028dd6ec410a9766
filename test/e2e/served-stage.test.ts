import { expect } from 'vitest';
import { seesMoving } from './support/media-checks.js';
import { seriousProblems } from './support/page-checks.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, stage } from './support/stage.js';
import { until } from './support/until.js';

const test = stage({ server: { media: true } });

test('through the media server: why a picture is as it is, sound alone, and both legs of each stream', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const tabs = [cast.add('Ana', await chromium.tab()), cast.add('Bo', await chromium.tab())];
  const [ana, bo] = tabs.map((tab) => new RoomPage(tab)) as [RoomPage, RoomPage];
  const tab = tabs[0]!;
  for (const [page, name] of [
    [ana, 'Ana'],
    [bo, 'Bo'],
  ] as const) {
    await page.visit(server.address, room, '?mode=sfu');
    await page.join(name);
  }
  await seesMoving(tab, 1);
  await until('the connection to be judged', () =>
    tab.page
      .getByRole('img', { name: /^Connection: / })
      .first()
      .isVisible(),
  );
  await ana.choosesFor('Bo', 'Why does it look like this?');
  await ana.shows('Quality');
  await ana.shows('kbit/s');
  expect(await seriousProblems(tab), 'why it looks like this').toEqual([]);
  await tab.press('Escape');

  await ana.press('Inspector');
  const streams = () =>
    tab.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-stream]')].map(({ textContent }) => textContent ?? ''),
    );
  await until('both legs of both pictures', streams, (rows) =>
    ['You: Camera', 'Bo: Camera'].every((name) => rows.some((row) => row.startsWith(name) && row.includes('kbit/s'))),
  );
  await tab.press('Escape');

  await ana.press('More');
  await tab.click('menuitem', 'Camera and microphone settings');
  await tab.page.getByRole('radio', { name: 'Sound only' }).check();
  expect(await seriousProblems(tab), 'settings').toEqual([]);
  await tab.press('Escape');
  await ana.shows('Pictures are switched off in your settings');
});
