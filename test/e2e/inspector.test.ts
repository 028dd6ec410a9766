import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { fakeDevices, GRANT_ALL } from './support/chromium.js';
import { ChromiumTab } from './support/chromium-tab.js';
import { InspectorView } from './support/inspector-view.js';
import { seeAndHear } from './support/media-checks.js';
import { seriousProblems } from './support/page-checks.js';
import type { RoomPage } from './support/room-page.js';
import { type Cast, freshRoom, stage } from './support/stage.js';
import { until } from './support/until.js';

/** Six pictures are encoded and decoded at once here, beside the charts. */
const test = stage({ chromium: { flags: [fakeDevices(5), ...GRANT_ALL] } });

type Person = RoomPage & { tab: ChromiumTab };

/** The inspector opened in the room, once everything is done. */
async function inspects(person: Person, connections: number): Promise<InspectorView> {
  await person.press('Inspector');
  const view = new InspectorView(person.tab);
  await view.isDone(connections);
  return view;
}

/** The button that saves, pressed; the text of the file. */
async function saves(tab: ChromiumTab): Promise<{ text: string; path: string }> {
  const [download] = await Promise.all([
    tab.page.waitForEvent('download'),
    tab.page.getByRole('button', { name: 'Save report', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^madang-report-room-[\w-]+\.json$/);
  const path = await download.path();
  return { path, text: await readFile(path, 'utf8') };
}

/** The addresses of candidates, but for loopback's, which tell nothing of anybody. */
function addressesIn(report: string): string[] {
  const found = [...report.matchAll(/"address": ?"([^"]+)"/g)].map(([, address]) => address ?? '');
  return [...new Set(found)].filter((address) => !/^127\.|^::1$/.test(address));
}

async function inspectPage(cast: Cast, tab: ChromiumTab, server: string): Promise<InspectorView> {
  const page = cast.add('page', tab);
  await page.goto(`${server}/inspect`);
  await until('the inspector page', () => page.has('heading', 'Inspector'));
  return new InspectorView(page);
}

test('the ladder of a healthy call is done, and each step can be read', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  await cast.enters(chromium, server.address, room, 'Bo');
  await seeAndHear([ana.tab], 1);
  const view = await inspects(ana, 1);
  await ana.shows('Everything works');
  expect(await view.causes()).toEqual([]);

  await view.toggles('media');
  expect(await view.details('media')).toContain('frameRate');

  await view.toggles('offer');
  await ana.tab.page.locator('[data-step="offer"] summary').nth(1).click();
  const offer = await view.details('offer');
  expect(offer).toContain('a=fingerprint:sha-256');
  expect(offer).toContain('The hash of this side’s certificate');
  expect(offer).toContain('opus');

  const pickers = ana.tab.page.locator('[data-step="offer"] select');
  await pickers.nth(1).selectOption({ index: 1 });
  await until(
    'the difference',
    () => view.details('offer'),
    (text) => text.includes('lines are the same'),
  );

  await view.toggles('candidates-sent');
  expect(await view.details('candidates-sent')).toMatch(/own network \(host\)\s+UDP\s+\S+\s+\d+/);
  await view.toggles('checks');
  expect(await view.details('checks')).toMatch(/chosen\s+\S+:\d+ \w+ udp\s+\S+:\d+ \w+ udp\s+\d+\s+\d+/);
  await view.toggles('path');
  expect(await view.details('path')).toContain('Round trip');

  await until('charts', () => ana.tab.page.locator('[data-metric="frameRate"] canvas').count());
  const chart = ana.tab.page.locator('[data-metric="bitrate"] [role="img"]');
  await until(
    'a bitrate in words',
    () => chart.getAttribute('aria-label'),
    (label) => /^Bitrate: now \d+(\.\d)? [kM]?bit\/s, between/.test(label ?? ''),
  );
  expect(ana.tab.log.errors).toEqual([]);
  expect(ana.tab.log.console.filter((line) => /Content.Security.Policy/i.test(line))).toEqual([]);
});

test('a saved report shows the same on the inspector page, without addresses unless asked', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  await cast.enters(chromium, server.address, room, 'Bo');
  const inCall = await inspects(ana, 1);
  await until('something to draw', () => ana.tab.page.locator('[data-metric="bitrate"]').count());
  const masked = await saves(ana.tab);
  await ana.tab.page.getByRole('checkbox', { name: 'with addresses and names' }).check();
  const addresses = addressesIn((await saves(ana.tab)).text);
  expect(addresses).not.toEqual([]);
  for (const address of addresses) expect(masked.text).not.toContain(address);

  const view = await inspectPage(cast, await chromium.tab(), server.address);
  const chooser = view.tab.page.locator('input[type="file"]');
  await chooser.setInputFiles({ name: 'song.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') });
  await until(
    'a refusal',
    () => view.tab.text(),
    (text) => text.includes('This is no report of Madang.'),
  );
  await chooser.setInputFiles(masked.path);
  expect(await view.isDone(1)).toEqual(await inCall.rungs());
  await until(
    'the name',
    () => view.tab.text(),
    (text) => text.includes('Connection with person-'),
  );
  await until('charts', () => view.tab.page.locator('[data-metric="bitrate"] canvas').count());
  expect(await seriousProblems(view.tab)).toEqual([]);
});

test('a call in another tab is watched live until it is over', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const view = await inspectPage(cast, await ChromiumTab.open(ana.tab.page.context()), server.address);
  const call = `Watch: Room ${room}, as Ana`;
  await until('the call to be listed', () => view.tab.has('button', call));
  await view.tab.click('button', call);
  await until(
    'nobody else yet',
    () => view.tab.text(),
    (text) => text.includes('Nobody else is here yet'),
  );
  await cast.enters(chromium, server.address, room, 'Bo');
  await view.isDone(1);
  await ana.tab.page.close();
  await until(
    'the end',
    () => view.tab.text(),
    (text) => text.includes('This call is over'),
  );
});

test('three members see who hears and sees whom', { timeout: 180_000 }, async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  await cast.enters(chromium, server.address, room, 'Bo');
  const cho = await cast.enters(chromium, server.address, room, 'Cho');
  const view = await inspects(ana, 2);
  const all = await until(
    'everybody to hear and see everybody',
    () => view.hears(),
    (cells) => cells.length === 12 && cells.every(({ hears }) => hears === 'played'),
    60_000,
  );
  expect(new Set(all.map(({ from, to, source }) => `${from} ${to} ${source}`)).size).toBe(12);
  await cho.press('Mute microphone');
  await until(
    'the silence of one',
    () => view.hears(),
    (cells) => cells.filter(({ hears }) => hears === 'off').length === 2,
  );
  await ana.tab.page.locator('[data-hears="played"]').first().click();
  expect(await ana.tab.page.locator('[data-chain] [data-stage]').count()).toBe(5);
});

for (const { locale, join, inspector, well } of [
  { locale: 'en-US', join: 'Join', inspector: 'Inspector', well: 'Everything works' },
  { locale: 'ko-KR', join: '들어가기', inspector: '연결 정보', well: '모두 잘됩니다' },
]) {
  test(`the panel has no serious barriers and speaks one language (${locale})`, async ({ server, chromium, cast }) => {
    const room = freshRoom();
    await cast.enters(chromium, server.address, room, 'Bo');
    const tab = cast.add('Ana', await chromium.tab({ locale, reducedMotion: 'reduce' }));
    await tab.goto(`${server.address}/r/${room}`);
    await until('the door', () => tab.has('button', join));
    await tab.page.getByRole('textbox').first().fill('Ana');
    await tab.click('button', join);
    await tab.click('button', inspector);
    await new InspectorView(tab).isDone(1);
    await until(
      'good news',
      () => tab.text(),
      (text) => text.includes(well),
    );
    for (const rung of await tab.page.locator('[data-step] > button').all()) await rung.click();
    await until('charts', () => tab.page.locator('[data-metric] canvas').count());
    expect(await tab.text()).not.toMatch(/undefined|\[object|NaN/);
    const wider = await tab.page
      .locator('aside')
      .evaluate((panel) => [...panel.children].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
    expect(Math.max(...wider)).toBe(0);
    expect(await seriousProblems(tab)).toEqual([]);
  });
}

/** What such a page has in it; as text, so that nothing rewrites its import. */
const STRANGER = `(async () => {
  const { CallRecord, recordConnection } = await import('/inspector-element.js');
  const element = document.createElement('madang-inspector');
  element.lang = 'ko';
  const record = new CallRecord();
  const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
  recordConnection(a, record, '짝');
  a.onicecandidate = ({ candidate }) => b.addIceCandidate(candidate ?? undefined);
  b.onicecandidate = ({ candidate }) => a.addIceCandidate(candidate ?? undefined);
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  for (const track of stream.getTracks()) a.addTrack(track, stream);
  await a.setLocalDescription();
  await b.setRemoteDescription(a.localDescription);
  await b.setLocalDescription();
  await a.setRemoteDescription(b.localDescription);
  document.body.prepend(element);
  element.record = record;
})()`;

test('a page of a stranger shows its own connection with the element', async ({ server, chromium, cast }) => {
  const tab = cast.add('page', await chromium.tab());
  await tab.goto(`${server.address}/`);
  await tab.page.evaluate(STRANGER);
  const section = tab.page.locator('madang-inspector section[data-peer="짝"]');
  await until(
    'the handshake',
    () => section.locator('[data-step="dtls"]').getAttribute('data-state'),
    (state) => state === 'done',
  );
  expect(await section.textContent()).toContain('경로 선택');
  expect(await section.evaluate((element) => getComputedStyle(element).display)).toBe('grid');
  await until('charts', () => section.locator('[data-metric="bitrate"] canvas').count());
  expect(tab.log.errors).toEqual([]);
  expect(tab.log.console.filter((line) => /Content.Security.Policy/i.test(line))).toEqual([]);
});
