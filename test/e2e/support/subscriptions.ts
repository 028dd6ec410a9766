import type { Tab } from './tab.js';

/** Names of the tracks that a page is sent, as the descriptions of the other side have them, in a fixed order. */
export async function subscriptionsOf(tab: Tab): Promise<string[]> {
  const descriptions = await tab.evaluate(() => window.madangProbe.descriptions());
  return descriptions
    .flatMap((description) => description.split(/^m=/m))
    .filter((section) => /^a=send(?:only|recv)\r?$/m.test(section))
    .flatMap((section) => /^a=msid:\S+ (\S+)/m.exec(section)?.[1] ?? [])
    .sort();
}
