import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { sha256Of, writeBigFile } from './support/big-file.js';
import type { Chromium } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { LastingChromium } from './support/lasting-chromium.js';
import type { MadangServer } from './support/madang-server.js';
import { PageMemory } from './support/page-memory.js';
import { RoomPage } from './support/room-page.js';
import { type Cast, freshRoom, test as staged } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';
import { until } from './support/until.js';

const MIB = 1_048_576;
/** The size of the large file; smaller only while something is tried out. */
const SIZE_MIB = Number(process.env.TEST_FILE_MIB ?? 1_024);
/** What the pages may grow by while a file passes through that is many times larger. */
const MOST_GROWTH_MIB = 256;

type Page = RoomPage & { tab: ChromiumTab };

interface Setting {
  readonly server: MadangServer;
  readonly chromium: Chromium;
  readonly lasting: LastingChromium;
  readonly cast: Cast;
}

const test = staged
  // biome-ignore lint/correctness/noEmptyPattern: fixtures are told apart by what they destructure.
  .extend('lasting', { scope: 'file' }, async ({}, { onCleanup }) => {
    const lasting = await LastingChromium.launch();
    onCleanup(() => lasting.close());
    return lasting;
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  .extend('folder', async ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'madang-files-'));
    onCleanup(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  });

/** Both in a room, with cameras off: what is measured is the file. */
async function two(
  { server, chromium, lasting, cast }: Setting,
  picker: 'none' | 'own-folder' = 'none',
): Promise<{ ana: Page; bo: Page }> {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const tab = cast.add('Bo', await lasting.tab());
  await tab.page.addInitScript((kind) => {
    const pick = async () =>
      (await navigator.storage.getDirectory()).getFileHandle(`picked-${crypto.randomUUID()}`, { create: true });
    Object.defineProperty(window, 'showSaveFilePicker', { value: kind === 'none' ? undefined : pick });
  }, picker);
  const bo = new RoomPage(tab) as Page;
  await bo.visit(server.address, room);
  await bo.join('Bo');
  for (const page of [ana, bo]) {
    await page.press('Turn off camera');
    await page.openChat();
  }
  return { ana, bo };
}

const send = (page: Page, path: string): Promise<void> => page.tab.page.setInputFiles('input[type=file]', path);

/** The states of the files that a page shows, the newest first. */
const states = (page: Page): Promise<(string | null)[]> =>
  page.tab.evaluate(() =>
    [...document.querySelectorAll('[data-transfer]')].map((card) => card.getAttribute('data-state')),
  );

const OVER = ['done', 'failed', 'declined', 'cancelled'];

/** Waits until the newest file is in that state; one that has ended otherwise is not waited for. */
async function becomes(page: Page, state: string, timeoutMs = 30_000): Promise<void> {
  const [last] = await until(
    `a file to be ${state}`,
    () => states(page),
    ([first]) => first === state || OVER.includes(first ?? ''),
    timeoutMs,
  );
  expect(last).toBe(state);
}

test('1 GiB arrives whole, and neither page grows with it', { timeout: 300_000 }, async ({
  server,
  chromium,
  lasting,
  cast,
  folder,
}) => {
  const [source, arrived] = [join(folder, 'big file.bin'), join(folder, 'arrived')];
  await writeBigFile(source, SIZE_MIB * MIB);
  const { ana, bo } = await two({ server, chromium, lasting, cast });
  const memory = [await PageMemory.watch(chromium.browser), await PageMemory.watch(lasting.context.browser()!)];
  await send(ana, source);
  await becomes(bo, 'offered');
  const download = bo.tab.page.waitForEvent('download', { timeout: 240_000 });
  const startMs = performance.now();
  await bo.press('Accept');
  await becomes(bo, 'done', 240_000);
  const seconds = (performance.now() - startMs) / 1_000;
  await becomes(ana, 'done');
  const [sending = 0, receiving = 0] = memory.map((watched) => watched.stop());
  const saved = await download;
  await saved.saveAs(arrived);
  console.log(
    `${SIZE_MIB} MiB in ${seconds.toFixed(1)} s: ${(SIZE_MIB / seconds).toFixed(1)} MiB/s; ` +
      `sender's pages grew by ${sending.toFixed(0)} MiB at most, receiver's by ${receiving.toFixed(0)} MiB`,
  );
  expect(saved.suggestedFilename()).toBe('big file.bin');
  expect(statSync(arrived).size).toBe(SIZE_MIB * MIB);
  expect(await sha256Of(arrived)).toBe(await sha256Of(source));
  expect(sending).toBeLessThan(MOST_GROWTH_MIB);
  expect(receiving).toBeLessThan(MOST_GROWTH_MIB);
  for (const page of [ana, bo]) await expectNothingForeign(page.tab, server.address);
});
