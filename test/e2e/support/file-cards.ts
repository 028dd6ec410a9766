import { expect } from 'vitest';
import type { ChromiumTab } from './chromium-tab.js';
import type { RoomPage } from './room-page.js';
import { until } from './until.js';

/** A page of a room in which files are sent by the chat. */
export type FilePage = RoomPage & { tab: ChromiumTab };

/** Chooses a file as one does by the button of the chat, which is open. */
export const send = (page: FilePage, path: string): Promise<void> =>
  page.tab.page.setInputFiles('input[type=file]', path);

/** The states of the files that a page shows, the newest first. */
export const states = (page: FilePage): Promise<(string | null)[]> =>
  page.tab.evaluate(() =>
    [...document.querySelectorAll('[data-transfer]')].map((card) => card.getAttribute('data-state')),
  );

const OVER = ['done', 'failed', 'declined', 'cancelled'];

/** Waits until the newest file is in that state; one that has ended otherwise is not waited for. */
export async function becomes(page: FilePage, state: string, timeoutMs = 30_000): Promise<void> {
  const [last] = await until(
    `a file to be ${state}`,
    () => states(page),
    ([first]) => first === state || OVER.includes(first ?? ''),
    timeoutMs,
  );
  expect(last).toBe(state);
}
