import { type Gaps, installGapWatch } from './gap-watch.js';
import { RoomPage } from './room-page.js';
import type { Cast } from './stage.js';
import type { Tab } from './tab.js';

/** Goes into a room of `server` in a tab that has shown nothing yet; every standstill is measured by the page itself. */
export async function entersWatched<T extends Tab>(
  cast: Cast,
  tab: T,
  server: string,
  room: string,
  name: string,
): Promise<RoomPage & { readonly tab: T }> {
  await tab.install(installGapWatch);
  const page = new RoomPage(cast.add(name, tab));
  await page.visit(server, room);
  await page.join(name);
  return page as RoomPage & { readonly tab: T };
}

/** What each showed and played while `during` ran. */
export async function gapsOf(guests: readonly RoomPage[], during: () => Promise<void>): Promise<Gaps[]> {
  for (const { tab } of guests) await tab.evaluate(() => window.madangGaps.begin());
  await during();
  return await Promise.all(guests.map(({ tab }) => tab.evaluate(() => window.madangGaps.end())));
}

/** In words, for the log of a run. */
export function gapsText(gaps: readonly Gaps[]): string {
  return gaps
    .map(({ pictureMs, soundMs, frames }) => `picture ${pictureMs} ms, sound ${soundMs} ms (${frames} frames)`)
    .join('; ');
}
