import { expect } from 'vitest';
import type { Tab } from './tab.js';

/** The tab asked nobody but the server, opened no dialog, broke no content security policy, and threw nothing. */
export async function expectNothingForeign(tab: Tab, server: string): Promise<void> {
  const host = new URL(server).host;
  const foreign = tab.log.requests.filter(
    (address) => /^(https?|wss?):/.test(address) && new URL(address).host !== host,
  );
  expect(foreign, 'requests to others').toEqual([]);
  expect(tab.log.dialogs, 'dialogs').toEqual([]);
  expect(tab.log.errors, 'uncaught errors').toEqual([]);
  expect(await tab.evaluate(() => window.madangProbe.violations()), 'policy violations').toEqual([]);
  expect(
    tab.log.console.filter((line) => /content security policy/i.test(line)),
    'policy violations on the console',
  ).toEqual([]);
}
