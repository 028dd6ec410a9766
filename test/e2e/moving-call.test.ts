import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ChromiumTab } from './support/chromium-tab.js';
import { type Gaps, installGapWatch } from './support/gap-watch.js';
import { seeAndHear } from './support/media-checks.js';
import { RoomPage } from './support/room-page.js';
import { type Cast, freshRoom, stage } from './support/stage.js';
import { until } from './support/until.js';

const test = stage({ server: { media: true, flags: ['--mode', 'auto'] } });

/** What is asked of a quiet machine is 300 ms, and is printed; so much is let pass on a busy one. */
const LONGEST_MS = 3_000;
/** So long after a move it is watched whether all goes on. */
const AFTERWARDS_MS = 2_000;
/** So long two are alone before they talk straight again, and a while to get there. */
const ALONE_MS = 30_000;
const THERE_MS = 30_000;

type Guest = RoomPage & { readonly tab: ChromiumTab };

async function enters(cast: Cast, tab: ChromiumTab, server: string, room: string, name: string): Promise<Guest> {
  await tab.page.addInitScript(installGapWatch);
  const page = new RoomPage(cast.add(name, tab));
  await page.visit(server, room);
  await page.join(name);
  return page as Guest;
}

/** What a tab showed and played while `during` ran. */
async function gapsOf(guests: readonly Guest[], during: () => Promise<void>): Promise<Gaps[]> {
  for (const { tab } of guests) await tab.evaluate(() => window.madangGaps.begin());
  await during();
  return await Promise.all(guests.map(({ tab }) => tab.evaluate(() => window.madangGaps.end())));
}

/** So many connections are open in each tab, the old way being closed. */
async function connections(guests: readonly Guest[], count: number, timeoutMs: number): Promise<void> {
  for (const { tab } of guests) {
    await until(
      `${count} connections`,
      () => tab.evaluate(() => window.madangProbe.connections()),
      (open) => open === count,
      timeoutMs,
    );
  }
}

const told = (gaps: readonly Gaps[]): string =>
  gaps
    .map(({ pictureMs, soundMs, frames }) => `picture ${pictureMs} ms, sound ${soundMs} ms (${frames} frames)`)
    .join('; ');

test('two, three and two again: every picture and every sound goes on through both moves', {
  timeout: 240_000,
}, async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await enters(cast, await chromium.tab(), server.address, room, 'Ana');
  const bo = await enters(cast, await chromium.tab(), server.address, room, 'Bo');
  const two = [ana, bo];
  const tabs = two.map(({ tab }) => tab);
  await seeAndHear(tabs, 1);
  await connections(two, 1, THERE_MS);
  const quiet = await gapsOf(two, () => sleep(4_000));

  const cho = await chromium.tab();
  let third: Guest | undefined;
  const up = await gapsOf(two, async () => {
    third = await enters(cast, cho, server.address, room, 'Cho');
    await connections([...two, third], 2, 2 * THERE_MS);
    await sleep(AFTERWARDS_MS);
  });
  // Not meanwhile: reading pictures back keeps three pages so busy that they stand still for it.
  await seeAndHear([...tabs, cho], 2, 60_000);

  const down = await gapsOf(two, async () => {
    await third!.press('Leave');
    await connections(two, 1, ALONE_MS + THERE_MS);
    await sleep(AFTERWARDS_MS);
  });
  await seeAndHear(tabs, 1);
  console.log(`longest standstill, quiet: ${told(quiet)}\nto the server: ${told(up)}\nand back: ${told(down)}`);
  for (const { pictureMs, soundMs, frames } of [...up, ...down]) {
    expect(frames).toBeGreaterThan(20);
    expect(Math.max(pictureMs, soundMs)).toBeLessThan(LONGEST_MS);
  }
});
