import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Chromium } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { MadangServer, type MadangServerOptions } from './support/madang-server.js';
import { seriousProblems } from './support/page-checks.js';
import { type Cast, test } from './support/stage.js';
import { TrustingHome } from './support/trusting-home.js';
import { until } from './support/until.js';

const PATIENCE_MS = 90_000;
const OFF: MadangServerOptions = { turn: false };

/** Runs the whole test in a new browser. */
async function runTest(cast: Cast, server: MadangServer, home?: string, words = ENGLISH): Promise<ChromiumTab> {
  const browser = await Chromium.launch({ ...(home !== undefined && { home }) });
  cast.onLeave(() => browser.close());
  const tab = cast.add('Ana', await browser.tab({ locale: words.locale }));
  await tab.goto(`${server.address}/test`);
  await tab.click('button', words.start);
  await until('the question', () => tab.has('button', words.yes), Boolean, PATIENCE_MS);
  await tab.click('button', words.yes);
  await until('the end', () => tab.has('button', words.again), Boolean, PATIENCE_MS);
  return tab;
}

const ENGLISH = { locale: 'en-US', start: 'Start the test', yes: 'Yes', again: 'Run again' };
const KOREAN = { locale: 'ko-KR', start: '점검 시작', yes: '네', again: '다시 점검' };

/** Each server as the page shows it: what it is, whether it works, and what is said of it. */
async function servers(tab: ChromiumTab) {
  const shown = await tab.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-server]')].map(({ dataset, children }) => ({
      url: dataset.server ?? '',
      state: dataset.state ?? '',
      text: [...children]
        .slice(1)
        .map(({ textContent }) => textContent)
        .join(' '),
    })),
  );
  return shown.map(({ url, state, text }) => ({ way: url.replace(/:[^?]*/, ''), state, text }));
}

const relayState = (tab: ChromiumTab) =>
  tab.page.evaluate(() => document.querySelector<HTMLElement>('[data-check="relay"]')?.dataset.state);

/** Nobody listens there, and the browser does not refuse it by itself, as it does many low ones. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

async function start(cast: Cast, options: MadangServerOptions): Promise<MadangServer> {
  const server = await MadangServer.start(options);
  cast.onLeave(() => server.close());
  return server;
}

test('every way to the server’s own relay is walked, and a certificate that is not trusted is told', async ({
  cast,
}) => {
  const server = await start(cast, { turn: true, https: true });
  const home = new TrustingHome(readFileSync(join(server.dataDir, 'tls', 'authority.pem'), 'utf8'));
  cast.onLeave(async () => home.remove());
  const tab = await runTest(cast, server, home.path);
  const works = /^Relay after \d+ ms, echo through it in \d+ ms\.$/;
  expect(await servers(tab)).toEqual([
    { way: 'stun', state: 'works', text: expect.stringMatching(/^Answered within \d+ ms\.$/) },
    ...['turn?transport=udp', 'turn?transport=tcp', 'turns?transport=tcp'].map((way) => ({
      way,
      state: 'works',
      text: expect.stringMatching(works),
    })),
  ]);
  expect(await relayState(tab)).toBe('passed');
  expect(await seriousProblems(tab)).toEqual([]);

  const stranger = await runTest(cast, server);
  const last = (await servers(stranger)).at(-1);
  expect(last).toEqual({
    way: 'turns?transport=tcp',
    state: 'failed',
    text: expect.stringMatching(/^Getting a relay failed: it could not be reached\. Trust the certificate/),
  });
  expect(await relayState(stranger)).toBe('warned');
  const [download] = await Promise.all([
    stranger.page.waitForEvent('download'),
    stranger.click('button', 'Save the result'),
  ]);
  const report = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(report.servers.at(-1)).toEqual({
    kind: 'turn',
    transport: 'tls',
    state: 'failed',
    step: 'relay',
    cause: 'unreachable',
    code: 701,
  });
  expect(JSON.stringify(report)).not.toContain('127.0.0.1');
});

test('a credential that is refused, a port where nobody is, and a quota are told apart, in Korean too', async ({
  cast,
}) => {
  const turn = await start(cast, { turn: true });
  const relay = `turn:127.0.0.1:${turn.turnPort}?transport=udp`;
  const refusing = [
    { urls: [relay], username: `1:${randomUUID()}`, credential: 'x' },
    { urls: [`turn:127.0.0.1:${await closedPort()}?transport=tcp`], username: 'u', credential: 'x' },
  ];
  const wrong = await start(cast, { ...OFF, flags: ['--ice-server', JSON.stringify(refusing)] });
  const tab = await runTest(cast, wrong);
  expect(await servers(tab)).toEqual([
    {
      way: 'turn?transport=udp',
      state: 'failed',
      text: expect.stringMatching(/refuses the user name or the password \(401\)/),
    },
    { way: 'turn?transport=tcp', state: 'failed', text: expect.stringMatching(/could not be reached/) },
  ]);
  expect(await relayState(tab)).toBe('failed');

  const narrow = await start(cast, { turn: true, flags: ['--max-turn-allocations-per-member', '1'] });
  const korean = await runTest(cast, narrow, undefined, KOREAN);
  const quota = (await servers(korean)).filter(({ way }) => way.startsWith('turn?'));
  expect(quota).toHaveLength(2);
  for (const { state, text } of quota)
    expect([state, text]).toEqual(['failed', expect.stringMatching(/^중계 받기 실패: .*\(486\)/)]);
});
