import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { inCheckout } from './checkout.js';
import { Chromium, type ChromiumOptions } from './chromium.js';
import type { ChromiumTab } from './chromium-tab.js';
import { MadangServer, type MadangServerOptions } from './madang-server.js';
import { RoomPage } from './room-page.js';
import type { Tab } from './tab.js';

/** The people of one test. When the test fails, what each saw and heard is kept in `test-results`. */
export class Cast {
  private readonly tabs = new Map<string, Tab>();
  private readonly closers: (() => Promise<void>)[] = [];

  /** Files `tab` under the name of its person. */
  add<T extends Tab>(name: string, tab: T): T {
    this.tabs.set(name, tab);
    return tab;
  }

  /** Runs `close` when the test is over, last come first. */
  onLeave(close: () => Promise<void>): void {
    this.closers.push(close);
  }

  /** Opens a tab of `browser` and goes into `room`. `query`: what stands behind it in the address, such as `?mode=sfu`. */
  async enters(
    browser: Chromium,
    server: string,
    room: string,
    name: string,
    query = '',
  ): Promise<RoomPage & { tab: ChromiumTab }> {
    const page = new RoomPage(this.add(name, await browser.tab()));
    await page.visit(server, room, query);
    await page.join(name);
    return page as RoomPage & { tab: ChromiumTab };
  }

  async record(folder: string, server: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'server.log'), server);
    for (const [name, tab] of this.tabs) {
      const file = join(folder, name.replace(/[^\p{L}\p{N}]+/gu, '-'));
      const statistics = await tab.evaluate(() => window.madangProbe.statistics()).catch(String);
      writeFileSync(`${file}.json`, JSON.stringify({ address: tab.address(), ...tab.log, statistics }, null, 1));
      await tab.screenshot(`${file}.png`).catch(() => {});
    }
  }

  async leave(): Promise<void> {
    for (const tab of this.tabs.values()) await tab.close().catch(() => {});
    for (const close of this.closers.reverse()) await close();
  }
}

export interface StageOptions {
  readonly server?: MadangServerOptions;
  readonly chromium?: ChromiumOptions;
}

/** A test with one server and one Chromium for the whole file, and people of its own. */
export const test = stage({});

/** As `test`, with a server and a Chromium that differ. */
export function stage(options: StageOptions) {
  // biome-ignore-start lint/correctness/noEmptyPattern: fixtures are told apart by what they destructure.
  return (
    base
      .extend('server', { scope: 'file' }, async ({}, { onCleanup }) => {
        const server = await MadangServer.start(options.server);
        onCleanup(() => server.close());
        return server;
      })
      .extend('chromium', { scope: 'file' }, async ({}, { onCleanup }) => {
        const chromium = await Chromium.launch(options.chromium);
        onCleanup(() => chromium.close());
        return chromium;
      })
      // biome-ignore-end lint/correctness/noEmptyPattern: from here on something is destructured.
      .extend('cast', async ({ server, task }, { onCleanup }) => {
        const cast = new Cast();
        onCleanup(async () => {
          if (task.result?.state === 'fail') {
            const name = `${task.file.name} ${task.name}`.replace(/[^\p{L}\p{N}]+/gu, '-');
            await cast.record(inCheckout(`test-results/${name}`), server.output);
          }
          await cast.leave();
        });
        return cast;
      })
  );
}

/** A room nobody else is in. */
export function freshRoom(): string {
  return `room-${crypto.randomUUID().slice(0, 8)}`;
}
