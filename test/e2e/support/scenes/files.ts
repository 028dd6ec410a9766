import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChromiumTab } from '../chromium-tab.js';
import type { RoomPage } from '../room-page.js';
import { until } from '../until.js';
import type { Walk, Walker } from '../walker.js';

/** Still on its way when everything about it has been looked at. */
const LONG_BYTES = 400 * 1_048_576;

/** Browsers without a dialog of their own for saving write to a folder of the page; no test can answer such a dialog. */
export async function hasNoSaveDialog({ tab }: Walker): Promise<void> {
  await tab.page.addInitScript(() => Object.defineProperty(window, 'showSaveFilePicker', { value: undefined }));
}

/** A file at every point that it can stand at, in the chat and, while that is closed, above the controls. */
export async function files({ cast }: Walk, person: Walker, bo: RoomPage & { tab: ChromiumTab }): Promise<void> {
  const { tab, text } = person;
  const folder = mkdtempSync(join(tmpdir(), 'madang-scenes-'));
  cast.onLeave(async () => rmSync(folder, { recursive: true, force: true }));
  const offers = async (name: string, bytes: number): Promise<string> => {
    const path = join(folder, name);
    writeFileSync(path, '');
    truncateSync(path, bytes);
    await bo.tab.page.setInputFiles('input[type=file]', path);
    await becomes(person, 'offered');
    return path;
  };
  await bo.openChat();
  await offers('거절할 그림', 3_000_000);
  await person.sees('a file offered while the chat is closed');
  await tab.click('button', text.room.chat);
  await tab.click('button', text.files.decline);
  await becomes(person, 'declined');
  await offers('여름 마당에서 찍은 아주 긴 이름의 사진 모음 2026년 8월 (원본)', 70_000);
  await tab.click('button', text.files.accept);
  await becomes(person, 'done');
  const vanishing = await offers('바뀐 문서', 2_000_000);
  truncateSync(vanishing, 10);
  await tab.click('button', text.files.accept);
  await becomes(person, 'failed');
  await offers('영상', LONG_BYTES);
  await person.sees('a file offered in the chat');
  await tab.click('button', text.files.accept);
  await becomes(person, 'running');
  await person.sees('a file on its way');
  // Not at its end meanwhile: it can still be cancelled.
  await tab.click('button', text.files.cancel);
  await becomes(person, 'cancelled');
  await tab.page.setInputFiles('aside input[type=file], [role=dialog] input[type=file]', vanishing);
  await becomes(person, 'offered');
  await person.sees('files at all their ends, and one that was offered by this side');
  await tab.click('button', text.files.cancel);
  await becomes(person, 'cancelled');
  await person.closesPanel();
}

/** Waits until the newest file stands there. */
async function becomes({ tab }: Walker, state: string): Promise<void> {
  await until(
    `the newest file to be ${state}`,
    () => tab.page.locator('[data-transfer]').first().getAttribute('data-state'),
    (shown) => shown === state,
  );
}
