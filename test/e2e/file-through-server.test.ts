import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { sha256Of, writeBigFile } from './support/big-file.js';
import { becomes, type FilePage, send } from './support/file-cards.js';
import { LastingChromium } from './support/lasting-chromium.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, stage } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';

const SIZE_MIB = 16;

const test = stage({ server: { media: true, flags: ['--mode', 'sfu'] } });

test.runIf(hasAddon())(
  'a file of the chat comes through the server and is saved as it was',
  {
    timeout: 240_000,
  },
  async ({ server, chromium, cast }) => {
    const folder = mkdtempSync(join(tmpdir(), 'madang-files-'));
    cast.onLeave(async () => rmSync(folder, { recursive: true, force: true }));
    const [source, arrived] = [join(folder, 'through the server.bin'), join(folder, 'arrived')];
    await writeBigFile(source, SIZE_MIB * 1_048_576);
    const lasting = await LastingChromium.launch();
    cast.onLeave(() => lasting.close());

    const room = freshRoom();
    const ana = (await cast.enters(chromium, server.address, room, 'Ana')) as FilePage;
    const tab = cast.add('Bo', await lasting.tab());
    // What is not written to where one chooses is downloaded, which a test can take up.
    await tab.page.addInitScript(() => Object.defineProperty(window, 'showSaveFilePicker', { value: undefined }));
    const bo = new RoomPage(tab) as FilePage;
    await bo.visit(server.address, room);
    await bo.join('Bo');
    for (const page of [ana, bo]) await page.openChat();

    await send(ana, source);
    await becomes(bo, 'offered', 60_000);
    const download = bo.tab.page.waitForEvent('download', { timeout: 180_000 });
    const begun = performance.now();
    await bo.press('Accept');
    await becomes(bo, 'done', 180_000);
    const seconds = (performance.now() - begun) / 1_000;
    await becomes(ana, 'done');
    const saved = await download;
    await saved.saveAs(arrived);
    console.log(`${SIZE_MIB} MiB in ${seconds.toFixed(1)} s beside pictures and sound`);
    expect(saved.suggestedFilename()).toBe('through the server.bin');
    expect(await sha256Of(arrived)).toBe(await sha256Of(source));
    // One up to the server, and one down: none to the other.
    for (const page of [ana, bo]) {
      expect(await page.tab.evaluate(() => window.madangProbe.connections())).toBe(2);
      await expectNothingForeign(page.tab, server.address);
    }
  },
);
