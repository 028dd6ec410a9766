import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { Firefox } from './support/firefox.js';
import { seeAndHear } from './support/media-checks.js';
import { MEDIA_ON_OWN_ADDRESSES } from './support/own-addresses.js';
import type { RoomPage } from './support/room-page.js';
import { freshRoom, stage } from './support/stage.js';
import { until } from './support/until.js';
import { entersWatched, gapsOf, gapsText } from './support/watched-guest.js';

const test = stage({ server: { media: true, flags: ['--mode', 'auto', ...MEDIA_ON_OWN_ADDRESSES] } });

/** What is asked of a quiet machine is 300 ms, and is printed; so much is let pass on a busy one. */
const LONGEST_MS = 3_000;
/** So long after a move it is watched whether all goes on. */
const AFTERWARDS_MS = 2_000;
/** So long two are alone before they talk straight again, and a while to get there. */
const ALONE_MS = 30_000;
const THERE_MS = 30_000;

/** So many connections are open in each tab, the old way being closed. */
async function connections(guests: readonly RoomPage[], count: number, timeoutMs: number): Promise<void> {
  for (const { tab } of guests) {
    await until(
      `${count} connections`,
      () => tab.evaluate(() => window.madangProbe.connections()),
      (open) => open === count,
      timeoutMs,
    );
  }
}

for (const other of ['Chromium', 'Firefox']) {
  test(`two, three and two again, one in ${other}: every picture and every sound goes on through both moves`, {
    timeout: 240_000,
  }, async ({ server, chromium, cast }) => {
    const room = freshRoom();
    const ana = await entersWatched(cast, await chromium.tab(), server.address, room, 'Ana');
    const firefox = other === 'Firefox' ? await Firefox.launch() : undefined;
    if (firefox !== undefined) cast.onLeave(() => firefox.close());
    const bo = await entersWatched(cast, await (firefox ?? chromium).tab(), server.address, room, 'Bo');
    const two = [ana, bo];
    const tabs = two.map(({ tab }) => tab);
    await seeAndHear(tabs, 1);
    await connections(two, 1, THERE_MS);
    const quiet = await gapsOf(two, () => sleep(4_000));

    const cho = await chromium.tab();
    let third: RoomPage | undefined;
    const up = await gapsOf(two, async () => {
      third = await entersWatched(cast, cho, server.address, room, 'Cho');
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
    console.log(
      `longest standstill, Ana and Bo in ${other}, quiet: ${gapsText(quiet)}\nto the server: ${gapsText(up)}\nand back: ${gapsText(down)}`,
    );
    for (const { pictureMs, soundMs, frames, stayed } of [...up, ...down]) {
      // A picture and a sound of the other of the two.
      expect(stayed).toBe(2);
      expect(frames).toBeGreaterThan(20);
      expect(Math.max(pictureMs, soundMs)).toBeLessThan(LONGEST_MS);
    }
  });
}
