import { expect } from 'vitest';
import { freshRoom, test } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';
import { until } from './support/until.js';

/** What becomes a script, a request or another page wherever text is taken for markup. */
const PAYLOADS = [
  `<img src=x onerror="alert('img')">`,
  `<script>alert('script')</script>`,
  `<svg onload=alert('svg')>`,
  `"><iframe src="javascript:alert('frame')">`,
  `javascript:alert('link')`,
  `<a href="javascript:alert('a')">click</a>`,
  `<style>*{background:url(http://evil.test/css)}</style>`,
  `<img src="http://evil.test/pixel.png">`,
  `http://evil.test/preview`,
  `{{constructor.constructor('alert(1)')()}}`,
  `\${alert('template')}`,
  `&lt;img src=x onerror=alert(1)&gt;`,
];

test('what one writes, the other reads, both ways', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await bo.openChat();
  await ana.say('Hello from Ana');
  await bo.shows('Hello from Ana');
  await bo.say('안녕하세요, 아나');
  await ana.shows('안녕하세요, 아나');
});

test('whoever comes later reads what was written before', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  await ana.say('written before Bo came');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await bo.openChat();
  await bo.shows('written before Bo came');
});

test('markup in names and messages stays text', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const names = [`<img src=x onerror=alert('name')>`, `"><script>alert('name2')</script>`] as const;
  const ana = await cast.enters(chromium, server.address, room, names[0]);
  const bo = await cast.enters(chromium, server.address, room, names[1]);
  await ana.openChat();
  for (const payload of PAYLOADS) {
    await bo.say(payload);
    await ana.shows(payload);
    await bo.shows(payload);
  }
  await ana.shows(names[1]);
  await bo.shows(names[0]);
  for (const page of [ana, bo]) {
    expect(
      await page.tab.evaluate(() => document.querySelectorAll('img[src], iframe, [onload], [onerror]').length),
    ).toBe(0);
    expect(await page.tab.evaluate(() => document.querySelectorAll('a[href^="javascript:"]').length)).toBe(0);
    await expectNothingForeign(page.tab, server.address);
  }
});

test('markup in the room’s address stays text', async ({ server, chromium, cast }) => {
  const tab = cast.add('Ana', await chromium.tab());
  for (const payload of PAYLOADS) {
    await tab.goto(`${server.address}/r/${encodeURIComponent(payload)}`);
    await until('a page', async () => (await tab.text()).length > 0);
    await expectNothingForeign(tab, server.address);
  }
});
