import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { bareChannelRate } from './support/bare-channel.js';
import { sha256Of, writeBigFile } from './support/big-file.js';
import type { Chromium } from './support/chromium.js';
import { becomes, type FilePage as Page, send, states } from './support/file-cards.js';
import { LastingChromium } from './support/lasting-chromium.js';
import type { MadangServer } from './support/madang-server.js';
import { PageMemory } from './support/page-memory.js';
import { RoomPage } from './support/room-page.js';
import { type Cast, freshRoom, test as staged } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';
import { until } from './support/until.js';

const MIB = 1_048_576;
/** The size of the large file: by hand a gibibyte and more. */
const SIZE_MIB = Number(process.env.TEST_FILE_MIB ?? 256);
/** Passes through a bare data channel, for comparison. */
const BARE_MIB = 32;
/** What the pages may grow by while a file passes through that is twice as large or more. */
const MOST_GROWTH_MIB = 128;
/** The size of one whose connection is lost meanwhile, and how much has to be there by then at least and at most. */
const CUT = { sizeMib: 64, fromMib: 5, toMib: 60 } as const;

/** Where `two` keeps the connections of a page. */
interface Opened {
  opened: RTCPeerConnection[];
}

interface Setting {
  readonly server: MadangServer;
  readonly chromium: Chromium;
  readonly lasting: LastingChromium;
  readonly cast: Cast;
}

const test = staged
  // biome-ignore lint/correctness/noEmptyPattern: fixtures are told apart by what they destructure.
  .extend('lasting', async ({}, { onCleanup }) => {
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
  const ana = new RoomPage(cast.add('Ana', await chromium.tab())) as Page;
  await ana.tab.page.addInitScript(() => {
    const opened: RTCPeerConnection[] = [];
    Object.assign(window, { opened });
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        opened.push(this);
      }
    };
  });
  await ana.visit(server.address, room);
  await ana.join('Ana');
  const tab = cast.add('Bo', await lasting.tab());
  await tab.page.addInitScript((kind) => {
    const pick = async () => {
      const folder = await navigator.storage.getDirectory();
      const picked = await folder.getFileHandle(`picked-${crypto.randomUUID()}`, { create: true });
      Object.assign(window, { picked });
      return picked;
    };
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

test(`${SIZE_MIB} MiB arrive whole, and neither page grows with them`, { timeout: 900_000 }, async ({
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
  const download = bo.tab.page.waitForEvent('download', { timeout: 840_000 });
  const startMs = performance.now();
  await bo.press('Accept');
  await becomes(bo, 'done', 840_000);
  const seconds = (performance.now() - startMs) / 1_000;
  await becomes(ana, 'done');
  const [sending = 0, receiving = 0] = memory.map((watched) => watched.stop());
  const saved = await download;
  await saved.saveAs(arrived);
  const bare = await bareChannelRate(ana.tab.page, bo.tab.page, BARE_MIB);
  console.log(
    `${SIZE_MIB} MiB in ${seconds.toFixed(1)} s: ${(SIZE_MIB / seconds).toFixed(1)} MiB/s; ` +
      `sender's pages grew by ${sending.toFixed(0)} MiB at most, receiver's by ${receiving.toFixed(0)} MiB; a bare data channel between the two: ${bare.toFixed(1)} MiB/s`,
  );
  expect(saved.suggestedFilename()).toBe('big file.bin');
  expect(statSync(arrived).size).toBe(SIZE_MIB * MIB);
  expect(await sha256Of(arrived)).toBe(await sha256Of(source));
  expect(sending).toBeLessThan(MOST_GROWTH_MIB);
  expect(receiving).toBeLessThan(MOST_GROWTH_MIB);
  for (const page of [ana, bo]) await expectNothingForeign(page.tab, server.address);
});

/** How much of the newest file is there, as the page shows it; -1 while it shows no progress. */
const received = (page: Page): Promise<number> =>
  page.tab.evaluate(() => document.querySelector<HTMLProgressElement>('[data-transfer] progress')?.value ?? -1);

/** What lies in the page's own folders, in bytes and one for each file. */
const stored = (page: Page): Promise<number> =>
  page.tab.evaluate(async () => {
    type Folder = FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> };
    let bytes = 0;
    const add = async (folder: Folder): Promise<void> => {
      for await (const entry of folder.values()) {
        if (entry.kind === 'directory') await add(entry as Folder);
        else bytes += 1 + (await (entry as FileSystemFileHandle).getFile()).size;
      }
    };
    await add((await navigator.storage.getDirectory()) as Folder);
    return bytes;
  });

test('nothing is written before it is accepted, declined or cancelled is nothing kept, and a name can not mislead', async ({
  server,
  chromium,
  lasting,
  cast,
  folder,
}) => {
  const source = join(folder, 'invoice\u202efdp.exe');
  await writeBigFile(source, 64 * MIB);
  const { ana, bo } = await two({ server, chromium, lasting, cast });
  const before = await stored(bo);

  await send(ana, source);
  await becomes(bo, 'offered');
  await bo.shows('invoicefdp.exe');
  expect(await stored(bo)).toBe(before);
  await bo.press('Decline');
  await becomes(ana, 'declined');
  await ana.shows('Bo declined');

  await send(ana, source);
  await until(
    'the second file to be there beside the first',
    () => states(bo),
    (shown) => shown.length === 2,
  );
  await becomes(bo, 'offered');
  expect(await stored(bo)).toBe(before);
  await bo.press('Accept');
  await becomes(bo, 'running');
  await ana.press('Cancel');
  await becomes(ana, 'cancelled');
  await becomes(bo, 'cancelled');
  await until(
    'what was written to be gone',
    () => stored(bo),
    (bytes) => bytes === before,
  );
  for (const page of [ana, bo]) await expectNothingForeign(page.tab, server.address);
});

test('a transfer goes on where it was after the connection between the pages was lost', { timeout: 840_000 }, async ({
  server,
  chromium,
  lasting,
  cast,
  folder,
}) => {
  const [source, arrived] = [join(folder, 'long.bin'), join(folder, 'arrived')];
  await writeBigFile(source, CUT.sizeMib * MIB);
  const { ana, bo } = await two({ server, chromium, lasting, cast }, 'own-folder');
  await send(ana, source);
  await becomes(bo, 'offered');
  await bo.press('Accept');
  await until(
    'a part of it to be there',
    () => received(bo),
    (bytes) => bytes > CUT.fromMib * MIB,
    90_000,
  );
  await ana.tab.page.evaluate(() => {
    for (const connection of (window as unknown as Opened).opened) connection.close();
  });
  const cutMs = performance.now();
  const atCut = await received(bo);
  expect(atCut).toBeGreaterThan(CUT.fromMib * MIB);
  expect(atCut).toBeLessThan(CUT.toMib * MIB);
  await until(
    'the transfer to pause',
    () => states(bo),
    ([state]) => state === 'paused',
    60_000,
  );
  await until(
    'the transfer to go on',
    () => states(bo),
    ([state]) => state === 'running',
    60_000,
  );
  const away = (performance.now() - cutMs) / 1_000;
  // From where it was, not from the beginning.
  expect(await received(bo)).toBeGreaterThanOrEqual(atCut);
  await becomes(bo, 'done', 120_000);
  await becomes(ana, 'done');
  console.log(`cut at ${(atCut / MIB).toFixed(0)} of ${CUT.sizeMib} MiB, went on after ${away.toFixed(1)} s`);
  const download = bo.tab.page.waitForEvent('download');
  await bo.tab.page.evaluate(async () => {
    const picked = (window as { picked?: FileSystemFileHandle }).picked!;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await picked.getFile());
    link.download = 'picked';
    link.click();
  });
  await (await download).saveAs(arrived);
  expect(await sha256Of(arrived)).toBe(await sha256Of(source));
});
