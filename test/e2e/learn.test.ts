import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { inCheckout } from './support/checkout.js';
import type { Chromium } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { seesMoving } from './support/media-checks.js';
import { type Cast, freshRoom, test } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';
import { until } from './support/until.js';

const PAGES = ['', 'step-1.html', 'step-2.html', 'step-3.html', 'step-4.html', 'step-5.html'];

async function opens(cast: Cast, chromium: Chromium, address: string, name = 'Ana', locale = 'en-US') {
  const tab = cast.add(name, await chromium.tab({ locale }));
  await tab.goto(address);
  return tab;
}

/** Two tabs on the same step in a room of their own. */
async function openTwo(
  cast: Cast,
  chromium: Chromium,
  server: string,
  step: number,
): Promise<[ChromiumTab, ChromiumTab]> {
  const address = `${server}/learn/step-${step}.html?room=${freshRoom()}`;
  return [await opens(cast, chromium, address, 'Ana'), await opens(cast, chromium, address, 'Bo')];
}

const shows = (tab: ChromiumTab, text: string) =>
  until(
    `the page to show “${text}”`,
    () => tab.text(),
    (page) => page.includes(text),
  );

/** What the list "what just happened" holds, as names of events. */
const happened = (tab: ChromiumTab) =>
  tab.page.$$eval('#happened li', (lines) => lines.map((line) => (line as HTMLElement).dataset.event ?? ''));

/** Of the filtered picture: how colourful it is, how sharp (the squared steps between neighbours), and how bright. */
function lookAtCanvas() {
  const canvas = document.querySelector<HTMLCanvasElement>('#filtered')!;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  const sums = { colour: 0, edges: 0, light: 0 };
  for (let ix = 0; ix + 7 < data.length; ix += 4) {
    const [red, green, blue, , nextRed] = data.subarray(ix, ix + 5) as unknown as number[];
    sums.colour += Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!);
    sums.edges += (red! - nextRed!) ** 2;
    sums.light += green!;
  }
  const points = data.length / 4;
  return { colour: sums.colour / points, edges: sums.edges / points, light: sums.light / points };
}

test('step 1: the camera comes in the quality asked for, and each filter changes the picture', async ({
  server,
  chromium,
  cast,
}) => {
  const tab = await opens(cast, chromium, `${server.address}/learn/step-1.html`);
  await tab.click('button', 'Start the camera');
  await shows(tab, 'The camera gives 640 × 480');
  await tab.page.selectOption('#size', '1280x720');
  await shows(tab, 'The camera gives 1280 × 720');
  const look = () => tab.evaluate(lookAtCanvas);
  const plain = await until('a colourful picture', look, ({ colour, edges }) => colour > 10 && edges > 1);
  await tab.page.selectOption('#filter', 'grey');
  await tab.page.fill('#amount', '100');
  await until('a grey picture', look, ({ colour }) => colour < 1);
  await tab.page.selectOption('#filter', 'blur');
  await until('a blurred picture', look, ({ edges, colour }) => edges < plain.edges / 2 && colour > 10);
  await tab.page.selectOption('#filter', 'brightness');
  await tab.page.fill('#amount', '20');
  await until('a darker picture', look, ({ light }) => light < plain.light * 0.6);
  expect(await happened(tab)).toEqual(expect.arrayContaining(['asked', 'got', 'applied', 'filterChanged']));
  await tab.click('button', 'Stop');
  await shows(tab, 'The camera is off.');
  await expectNothingForeign(tab, server.address);
});

test('step 1: a condition that can not be met is named', async ({ server, chromium, cast }) => {
  const tab = await opens(cast, chromium, `${server.address}/learn/step-1.html`);
  await tab.page.check('#exact');
  await tab.page.evaluate(() => {
    document.querySelector<HTMLSelectElement>('#size')!.add(new Option('9999x9999'));
  });
  await tab.page.selectOption('#size', '9999x9999');
  await tab.click('button', 'Start the camera');
  await shows(tab, 'OverconstrainedError');
});

test('step 2: another camera takes over without a reload', async ({ server, chromium, cast }) => {
  const tab = await opens(cast, chromium, `${server.address}/learn/step-2.html`);
  await tab.click('button', 'Start camera and microphone');
  await shows(tab, 'Cameras: 3.');
  const usedCamera = () =>
    tab.page.$eval('#picture', (video) => {
      const [track] = ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks();
      return track?.getSettings().deviceId;
    });
  const first = await usedCamera();
  await tab.evaluate(() => document.body.setAttribute('data-same', 'page'));
  const options = await tab.page.$$eval('#cameras option', (all) =>
    all.map((option) => (option as HTMLOptionElement).value),
  );
  expect(options).toContain(first);
  const other = options.at(-1)!;
  expect(other).not.toBe(first);
  await tab.page.selectOption('#cameras', other);
  await until('the other camera', usedCamera, (used) => used === other);
  expect(await tab.page.$eval('body', (body) => body.dataset.same)).toBe('page');
  const frames = () =>
    tab.page.$eval('#picture', (video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);
  const before = await frames();
  await until('new frames', frames, (count) => count > before + 3);
  await until(
    'the beep of the microphone',
    () => tab.page.$eval('#level', (meter) => (meter as HTMLMeterElement).value),
    (level) => level > 0.02,
  );
  await expectNothingForeign(tab, server.address);
});

test('step 3: a chat both ways, with the events as they go and come', async ({ server, chromium, cast }) => {
  const [ana, bo] = await openTwo(cast, chromium, server.address, 3);
  await Promise.all([ana, bo].map((tab) => shows(tab, 'In the room')));
  await shows(ana, 'Guest has joined the room.');
  for (const [from, to, name] of [
    [ana, bo, 'Ana'],
    [bo, ana, 'Bo'],
  ] as const) {
    await from.fill('Your name', name);
    await from.fill('Message', `<b>hello</b> from ${name}`);
    await from.press('Enter');
    for (const tab of [from, to]) await shows(tab, `${name}: <b>hello</b> from ${name}`);
  }
  expect(await ana.page.$$('#lines b')).toHaveLength(2);
  await shows(ana, 'Sent send');
  await shows(ana, 'Received message');
  await expectNothingForeign(ana, server.address);
});

test('step 4: a call with moving pictures both ways, the path named; a page that comes back calls again', async ({
  server,
  chromium,
  cast,
}) => {
  const [ana, bo] = await openTwo(cast, chromium, server.address, 4);
  for (const tab of [ana, bo]) await tab.click('button', 'Start');
  for (const tab of [ana, bo]) await seesMoving(tab, 1);
  for (const tab of [ana, bo]) {
    await shows(tab, 'Connected.');
    await shows(tab, 'Common network: directly (host to host, udp');
    expect(await tab.page.$eval('.theory', (theory) => (theory as HTMLElement).dataset.path)).toBe('common');
  }
  await bo.reload();
  await shows(ana, 'Waiting for the other page');
  await bo.click('button', 'Start');
  for (const tab of [ana, bo]) await seesMoving(tab, 1);
  await bo.click('button', 'Hang up');
  await shows(ana, 'Waiting for the other page');
  await expectNothingForeign(ana, server.address);
});

test('step 4: the inspector beside the call draws its ladder, live and in the language of the page', async ({
  server,
  chromium,
  cast,
}) => {
  const [ana, bo] = await openTwo(cast, chromium, server.address, 4);
  for (const tab of [ana, bo]) await tab.click('button', 'Start');
  const { ok } = await fetch(`${server.address}/inspector-element.js`);
  if (!ok) return void (await shows(ana, 'This server brings no inspector.'));
  const rungs = () =>
    ana.page
      .locator('madang-inspector [data-step]')
      .evaluateAll((all) => Object.fromEntries(all.map(({ dataset: { step, state } }) => [step, state])));
  await until('every rung to be climbed', rungs, (states) => {
    const all = Object.values(states);
    return all.length >= 10 && all.every((state) => state === 'done');
  });
  await ana.click('button', '한국어');
  await until(
    'a Korean ladder',
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden must not count.
    () => ana.page.locator('madang-inspector [data-step]').first().innerText(),
    (text) => /[가-힣]/.test(text),
  );
  await expectNothingForeign(ana, server.address);
});

test('step 4: a third page is told that two are talking, and disturbs nothing', async ({ server, chromium, cast }) => {
  const [ana, bo] = await openTwo(cast, chromium, server.address, 4);
  for (const tab of [ana, bo]) await tab.click('button', 'Start');
  for (const tab of [ana, bo]) await shows(tab, 'Connected.');
  const third = await opens(cast, chromium, ana.address(), 'Cleo');
  await third.click('button', 'Start');
  await shows(third, 'Two are talking in this room already');
  for (const tab of [ana, bo]) await seesMoving(tab, 1);
});

test('step 5: a file arrives with equal hash, and the sender waits when the channel is full', async ({
  server,
  chromium,
  cast,
}) => {
  const [ana, bo] = await openTwo(cast, chromium, server.address, 5);
  for (const tab of [ana, bo]) await shows(tab, 'The channel is open.');
  const buffer = randomBytes(12 * 1024 * 1024 + 123);
  await ana.page.setInputFiles('#file', [
    { name: '그림 1.bin', mimeType: 'application/octet-stream', buffer },
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ]);
  await shows(bo, 'SHA-256 equal');
  const saving = bo.page.waitForEvent('download');
  await bo.click('link', 'Save 그림 1.bin');
  const download = await saving;
  expect(download.suggestedFilename()).toBe('그림 1.bin');
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  expect(hash(readFileSync(await download.path()))).toBe(hash(buffer));
  const waited = await ana.page.$eval('[data-direction="sending"]', (row) =>
    Number((row as HTMLElement).dataset.mostWaiting),
  );
  expect(waited).toBeGreaterThan(16 * 1024);
  expect(waited).toBeLessThan(2 * 1024 * 1024);
  await until(
    'both files',
    () => bo.page.$$('[data-state="rowReceived"]'),
    (rows) => rows.length === 2,
  );
  await expectNothingForeign(bo, server.address);
});

test('step 5: a transfer that the other page leaves is shown as broken off', async ({ server, chromium, cast }) => {
  const [ana, bo] = await openTwo(cast, chromium, server.address, 5);
  for (const tab of [ana, bo]) await shows(tab, 'The channel is open.');
  await ana.page.setInputFiles('#file', [
    { name: 'long.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(40 * 1024 * 1024) },
  ]);
  await shows(bo, 'long.bin');
  await bo.goto('about:blank');
  await shows(ana, 'Broken off');
});

test('every page shows the source that runs, whole', async ({ server, chromium, cast }) => {
  for (const page of PAGES.slice(1)) {
    const tab = await opens(cast, chromium, `${server.address}/learn/${page}`, page);
    const module = page.replace('.html', '.js');
    const files = await until(
      'the source of every file',
      () =>
        tab.page.$$eval('[data-file]', (boxes) =>
          boxes.map((box) => [(box as HTMLElement).dataset.file!, box.querySelector('pre')!.textContent] as const),
        ),
      (shown) => shown.length > 0 && shown.every(([, text]) => text !== ''),
    );
    expect(files[0]?.[0]).toBe(module);
    for (const [file, text] of files) {
      expect(text, file).toBe(readFileSync(inCheckout(`examples/basicapp/${file}`), 'utf8'));
      expect(text, file).toBe(await (await fetch(`${server.address}/learn/${file}`)).text());
    }
    expect(tab.log.requests).toContain(`${server.address}/learn/${module}`);
    await tab.close();
  }
});

test('the language follows the browser, changes without a reload, and is remembered', async ({
  server,
  chromium,
  cast,
}) => {
  const tab = await opens(cast, chromium, `${server.address}/learn/`, 'Ana', 'ko-KR');
  await until('the Korean heading', () => tab.has('heading', '다섯 단계로 배우는 WebRTC'));
  expect(await tab.page.$eval('html', (html) => html.lang)).toBe('ko');
  await tab.evaluate(() => document.body.setAttribute('data-same', 'page'));
  await tab.click('button', 'English');
  await until('the English heading', () => tab.has('heading', 'Learn WebRTC in five steps'));
  expect(await tab.page.$eval('body', (body) => body.dataset.same)).toBe('page');
  await tab.page.locator('.cards').getByRole('link', { name: 'Camera' }).click();
  await until('the English step', () => tab.has('heading', '1. The camera'));
  await tab.click('button', 'Start the camera');
  await shows(tab, 'The camera gives');
  await tab.click('button', '한국어');
  await shows(tab, '카메라가 640 × 480 크기로');
  await shows(tab, '카메라의 실제 설정');
  expect(await tab.page.title()).toBe('1. 카메라 · 마당');
});

test('at 360 px every drawing is as wide as the screen lets it be', async ({ server, chromium, cast }) => {
  const tab = cast.add('Ana', await chromium.tab({ viewport: { width: 360, height: 740 } }));
  for (const page of PAGES) {
    await tab.goto(`${server.address}/learn/${page}`);
    await until('the texts', () => tab.page.$eval('h1', (heading) => heading.textContent !== ''));
    const drawn = await tab.page.$eval('svg', (drawing) => drawing.getBoundingClientRect().width);
    expect(drawn, page).toBeGreaterThan(280);
  }
});
