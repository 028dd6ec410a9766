import type { RoomPage } from './room-page.js';
import { until } from './until.js';

/** Causes that the inspector names now, as `cause` or `cause of source`, in its order. */
async function causes(page: RoomPage): Promise<string[]> {
  return await page.tab.evaluate(() =>
    [...document.querySelectorAll('[data-cause]')].map((element) => element.getAttribute('data-cause') ?? ''),
  );
}

/** Opens the inspector unless it is open, and waits until it names this cause; prints after what time it did. */
export async function isTold(page: RoomPage, cause: string, timeoutMs = 45_000): Promise<void> {
  const begun = performance.now();
  if (!(await page.tab.has('heading', 'Inspector'))) await page.press('Inspector');
  await until(
    `the inspector to name ${cause}`,
    () => causes(page),
    (named) => named.includes(cause),
    timeoutMs,
  );
  console.log(`${cause}: named ${Math.round(performance.now() - begun)} ms after one began to look`);
}

/** Waits until the inspector no longer names this cause. Browsers grow into a line again slowly, on a busy machine most of all. */
export async function isNoLongerTold(page: RoomPage, cause: string, timeoutMs = 120_000): Promise<void> {
  await until(
    `the inspector to name ${cause} no more`,
    () => causes(page),
    (named) => !named.includes(cause),
    timeoutMs,
  );
}

/** Waits until the inspector shows a path of this kind to the other. */
export async function goesBy(page: RoomPage, kind: RegExp): Promise<void> {
  if (!(await page.tab.has('heading', 'Inspector'))) await page.press('Inspector');
  await until(
    `a path ${kind}`,
    () => page.tab.text(),
    (text) => kind.test(text),
  );
}
