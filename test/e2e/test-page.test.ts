import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { Chromium, GRANT_ALL } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { MadangServer } from './support/madang-server.js';
import { latinWords, outOfReach, seriousProblems } from './support/page-checks.js';
import { test } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';
import { until } from './support/until.js';

const states = (tab: ChromiumTab) =>
  tab.page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-check]')].map(({ dataset }) => [dataset.check, dataset.state]),
    ),
  );

const PATIENCE_MS = 60_000;

test('the test page tries devices, server, paths and a call, and gives the result as a file', async ({
  server,
  chromium,
  cast,
}) => {
  const tab = cast.add('Ana', await chromium.tab({ acceptDownloads: true }));
  await tab.goto(`${server.address}/`);
  await tab.click('link', 'Test devices and network');
  await tab.click('button', 'Start the test');
  await until('the question', () => tab.has('button', 'Yes'), Boolean, PATIENCE_MS);
  expect(await seriousProblems(tab)).toEqual([]);
  await tab.click('button', 'Yes');
  await until('the end', () => tab.has('button', 'Run again'), Boolean, PATIENCE_MS);
  expect(await states(tab)).toEqual({
    secure: 'passed',
    browser: 'passed',
    camera: 'passed',
    microphone: 'passed',
    speaker: 'passed',
    signaling: 'passed',
    udp: 'passed',
    tcp: 'passed',
    relay: 'warned',
    'media-udp': 'skipped',
    'media-tcp': 'skipped',
    throughput: 'skipped',
    loopback: 'passed',
  });
  expect(await tab.text()).toMatch(/Over a WebSocket; an answer takes \d+ ms/);
  expect(await tab.text()).toMatch(/Picture and sound came through: [1-9]\d* kbit\/s/);
  expect(await seriousProblems(tab)).toEqual([]);
  const [download] = await Promise.all([tab.page.waitForEvent('download'), tab.click('button', 'Save the result')]);
  const report = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(report).toMatchObject({ format: 'madang-test', version: 1, platform: { browser: 'chrome', system: 'linux' } });
  expect(report.checks).toHaveLength(13);
  expect(JSON.stringify(report)).not.toMatch(/\d+\.\d+\.\d+\.\d+(?! Safari)[^ .\d]|\.local/);
  await expectNothingForeign(tab, server.address);
});

test('what does not work is named with what to do, in Korean on a phone too', async ({ server, cast }) => {
  const bare = await Chromium.launch({ flags: GRANT_ALL });
  cast.onLeave(() => bare.close());
  const tab = cast.add(
    'Bo',
    await bare.tab({ locale: 'ko-KR', viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' }),
  );
  await tab.goto(`${server.address}/test`);
  await tab.click('button', '점검 시작');
  await until('the question', () => tab.has('button', '아니요'), Boolean, PATIENCE_MS);
  await tab.click('button', '아니요');
  await until('the end', () => tab.has('button', '다시 점검'), Boolean, PATIENCE_MS);
  expect(await states(tab)).toMatchObject({
    camera: 'failed',
    microphone: 'failed',
    speaker: 'failed',
    signaling: 'passed',
  });
  expect(await tab.text()).toContain('통화를 막는 것이 있습니다');
  expect(await tab.text()).toContain('장치를 찾을 수 없습니다'.slice(-8));
  expect(await seriousProblems(tab)).toEqual([]);
  expect(await outOfReach(tab)).toEqual([]);
  expect(await latinWords(tab, [/Madang|English|WebSocket|UDP|TCP|TURN|STUN|JSON|ms|kbit\/s|https?/g])).toEqual([]);
});

test('a media server is tried by UDP and TCP, and measured up and back', async ({ chromium, cast }) => {
  const served = await MadangServer.start({ media: true });
  cast.onLeave(() => served.close());
  const tab = cast.add('Cho', await chromium.tab());
  await tab.goto(`${served.address}/test`);
  await tab.click('button', 'Start the test');
  await until('the question', () => tab.has('button', 'Skip'), Boolean, PATIENCE_MS);
  await tab.click('button', 'Skip');
  await until('the end', () => tab.has('button', 'Run again'), Boolean, PATIENCE_MS);
  expect(await states(tab)).toMatchObject({ 'media-udp': 'passed', 'media-tcp': 'passed', throughput: 'passed' });
  expect(await tab.text()).toMatch(/At least [1-9]\d* kbit\/s go up and come back/);
});
