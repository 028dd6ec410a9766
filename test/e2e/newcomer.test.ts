import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'vitest';
import { inCheckout } from './support/checkout.js';
import { Chromium, FAKE_DEVICES, GRANT_ALL } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { describeNetwork, test as inNetwork } from './support/network/yard.js';
import { RoomPage } from './support/room-page.js';
import { SilentSound } from './support/silent-sound.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

/**
 * Somebody who has read the README and nothing else meets five faults, and has to find the cause with the product alone.
 * What they do is written down step by step; the number of steps beyond the wish itself is printed and bounded.
 */
class Steps {
  #taken: string[] = [];
  readonly #fault: string;

  constructor(fault: string) {
    this.#fault = fault;
  }

  async take<T>(what: string, act: () => Promise<T>): Promise<T> {
    this.#taken.push(what);
    return await act();
  }

  /** The cause stands before the person's eyes. */
  end(most: number): void {
    console.log(`newcomer: ${this.#fault}: ${this.#taken.length} steps (${this.#taken.join(', ') || 'none'})`);
    expect(this.#taken.length).toBeLessThanOrEqual(most);
  }
}

/** Runs the command of the README to its end. */
async function madang(...args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [inCheckout('packages/cli/dist/main.js'), ...args], {
    env: { ...process.env, NO_COLOR: '1', MADANG_LANG: 'en' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const [code] = await once(child, 'close');
  return { code, output };
}

test('a port that somebody else has: the start names who, and so does the doctor', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const flags = [
    '--http-port',
    String(port),
    '--https-port',
    'off',
    '--turn-port',
    '0',
    '--media-port',
    '0',
    '--bind',
    '127.0.0.1',
  ];
  const steps = new Steps('a taken port');
  const start = await madang('start', ...flags);
  expect(start.code).toBe(2);
  expect(start.output).toContain(String(port));
  const doctor = await steps.take('madang doctor', () => madang('doctor', ...flags));
  expect(doctor.code).toBe(1);
  expect(doctor.output).toContain(`pid ${process.pid}`);
  steps.end(1);
  other.close();
});

test('a browser that was told not to give the camera: the page before the room says so and what to press', async ({
  server,
  cast,
}) => {
  const browser = await Chromium.launch({ flags: [...FAKE_DEVICES, '--deny-permission-prompts'] });
  cast.onLeave(() => browser.close());
  const steps = new Steps('a refused camera');
  const ana = new RoomPage(cast.add('Ana', await browser.tab()));
  await ana.visit(server.address, freshRoom());
  await until('the way to go on', async () => (await ana.tab.has('button', ALLOW)) || (await isToldOf(ana, 'denied')));
  if (await ana.tab.has('button', ALLOW)) await steps.take(ALLOW, () => ana.letsAsk());
  await until('the problem to be named', () => isToldOf(ana, 'denied'));
  steps.end(1);
});

const ALLOW = 'Turn on camera and microphone';

function isToldOf(who: RoomPage, problem: string): Promise<boolean> {
  return (who.tab as ChromiumTab).page.locator(`[data-problem="${problem}"]`).first().isVisible();
}

test('a page that came over plain http: it says why there is no camera, and where to go', async ({ server, cast }) => {
  const browser = await Chromium.launch({
    flags: [...FAKE_DEVICES, ...GRANT_ALL, '--host-resolver-rules=MAP madang.test 127.0.0.1'],
  });
  cast.onLeave(() => browser.close());
  const steps = new Steps('plain http');
  const tab = cast.add('Ana', await browser.tab());
  await tab.goto(`http://madang.test:${server.httpPort}/r/${freshRoom()}`);
  await until('the explanation', () => tab.has('heading', 'This page needs its secure address'));
  steps.end(0);
});

test('a microphone that gives nothing: the room says so by itself, to both', async ({ server, chromium, cast }) => {
  const silence = new SilentSound();
  cast.onLeave(async () => silence.remove());
  const flags = [...FAKE_DEVICES, ...GRANT_ALL, `--use-file-for-fake-audio-capture=${silence.path}`];
  const browser = await Chromium.launch({ flags });
  cast.onLeave(() => browser.close());
  const room = freshRoom();
  const ana = await cast.enters(browser, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  const steps = new Steps('a silent microphone');
  await until('Ana to be told', () => ana.tab.page.locator('[data-cause="microphone-silent"]').first().isVisible());
  await steps.take('Inspector', () => bo.press('Inspector'));
  await until('Bo to be told', () => bo.tab.page.locator('[data-cause="other-silent"]').first().isVisible());
  steps.end(1);
});

describeNetwork('in two networks', () => {
  inNetwork('that reach only the server: the room says why there is no picture', async ({ yard, cast }) => {
    const server = await yard.serve();
    const [one, other] = [yard.network.host('ana'), yard.network.host('bo')];
    yard.network.separate(one, other);
    const room = freshRoom();
    const ana = await cast.enters(await yard.browser(one), server, room, 'Ana');
    await cast.enters(await yard.browser(other), server, room, 'Bo');
    const steps = new Steps('two networks without a relay');
    const named = ana.tab.page.locator('[data-cause="only-local-addresses"]').first();
    await until('the cause in the room itself', () => named.isVisible(), Boolean, 60_000);
    expect(await named.textContent()).toMatch(/relay|address/i);
    steps.end(0);
  });
});
