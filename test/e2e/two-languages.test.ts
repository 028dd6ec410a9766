import { expect } from 'vitest';
import { RoomPage } from './support/room-page.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

/** What stands in a page where a message is missing. */
const HOLES = /undefined|\[object|NaN|\{\w+\}|=>/;

for (const { locale, landing, join, leave, name, lang } of [
  { locale: 'en-US', landing: 'New room', join: 'Join', leave: 'Leave', name: 'Your name', lang: 'en' },
  { locale: 'ko-KR', landing: '새 방 열기', join: '들어가기', leave: '나가기', name: '내 이름', lang: 'ko' },
]) {
  test(`in ${locale} the landing page, the door and the room speak one language`, async ({
    server,
    chromium,
    cast,
  }) => {
    const tab = cast.add('Ana', await chromium.tab({ locale }));
    const page = new RoomPage(tab);
    const looksWhole = async () => {
      expect(await tab.text()).not.toMatch(HOLES);
      expect(await tab.evaluate(() => document.documentElement.lang)).toBe(lang);
      if (lang === 'ko') expect(await unspokenKorean(page)).toEqual([]);
    };
    await tab.goto(`${server.address}/`);
    await until('the landing page', () => tab.has('button', landing));
    await looksWhole();
    await tab.goto(`${server.address}/r/${freshRoom()}`);
    await until('the door', () => tab.has('button', join));
    await looksWhole();
    await tab.fill(name, '아나');
    await tab.click('button', join);
    await until('the room', () => tab.has('button', leave));
    await looksWhole();
    expect(tab.log.errors).toEqual([]);
  });
}

/** Accessible names of buttons that hold no Korean letter, where there should be some. */
async function unspokenKorean(page: RoomPage): Promise<string[]> {
  const names = await page.tab.evaluate(() =>
    [...document.querySelectorAll('button, a')].map(
      (element) => element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '',
    ),
  );
  return names.filter((name) => name !== '' && !/[가-힣]/.test(name) && !/Madang|English|^[^A-Za-z]*$/.test(name));
}
