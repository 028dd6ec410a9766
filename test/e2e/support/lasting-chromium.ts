import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { launchOptions } from './chromium.js';
import { ChromiumTab } from './chromium-tab.js';

/**
 * A Chromium whose profile is on the disk, as a person's is: what a page stores is not kept in memory, as it is in the
 * private windows of `Chromium`. The profile goes when it closes.
 */
export class LastingChromium {
  readonly context: BrowserContext;
  private readonly profile: string;

  private constructor(context: BrowserContext, profile: string) {
    this.context = context;
    this.profile = profile;
  }

  static async launch(): Promise<LastingChromium> {
    const profile = mkdtempSync(join(tmpdir(), 'madang-profile-'));
    const context = await chromium.launchPersistentContext(profile, {
      ...launchOptions(),
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
    });
    return new LastingChromium(context, profile);
  }

  async tab(): Promise<ChromiumTab> {
    return await ChromiumTab.open(this.context);
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
