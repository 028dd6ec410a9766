import { setTimeout as sleep } from 'node:timers/promises';
import type { Tab } from './tab.js';

/** Between two looks: what is measured is exact to about this. */
const EVERY_MS = 30;
const PATIENCE_MS = 25_000;

/** Milliseconds from now until remote pictures show a new frame. */
export async function pictureReturns(tab: Tab): Promise<number> {
  const begun = performance.now();
  let last = await frames(tab);
  for (;;) {
    await sleep(EVERY_MS);
    const now = await frames(tab);
    const passed = performance.now() - begun;
    if (now > last) return passed;
    if (passed > PATIENCE_MS) throw new Error(`no remote picture has moved for ${PATIENCE_MS} ms`);
    last = now;
  }
}

async function frames(tab: Tab): Promise<number> {
  return await tab.evaluate(() => window.madangProbe.pictures().reduce((sum, picture) => sum + picture.frames, 0));
}
