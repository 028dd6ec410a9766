import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { ChromiumTab } from './chromium-tab.js';

/**
 * Cameras with a picture that moves, microphones that beep every second, a fake screen. The second of the three cameras
 * is one for depth (Y16), which WebRTC does not send.
 */
export function fakeDevices(framesPerSecond: number): string {
  return `--use-fake-device-for-media-stream=device-count=3,fps=${framesPerSecond}`;
}

/** Slow enough for two cores that encode and decode for everyone in the room. */
export const FAKE_DEVICES = [fakeDevices(10)];
/** Every question about devices is answered with yes. */
export const GRANT_ALL = ['--use-fake-ui-for-media-stream'];

/** Quiet. */
const STEADY = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Loopback addresses are among the candidates: for pages that share a machine. */
const LOOPBACK = '--allow-loopback-in-peer-connection';

export interface ChromiumOptions {
  /** Instead of fake devices that are always granted. */
  readonly flags?: readonly string[];
  /** The home folder of this browser, where it looks for trusted authorities. */
  readonly home?: string;
  /** Added to its environment: a sound server, say. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What is started instead of Debian's Chromium: it runs on a machine of its own, where loopback leads to nobody. */
  readonly program?: string;
}

/** How Debian's Chromium is started, in whatever way. */
export function launchOptions(flags: readonly string[] = [...FAKE_DEVICES, ...GRANT_ALL], program?: string) {
  return {
    executablePath: program ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...STEADY, ...(program === undefined ? [LOOPBACK] : []), ...flags],
  };
}

/** Debian's Chromium without a window, under a fresh profile. Each tab is a person with a store of their own. */
export class Chromium {
  readonly browser: Browser;

  private constructor(browser: Browser) {
    this.browser = browser;
  }

  static async launch(options: ChromiumOptions = {}): Promise<Chromium> {
    const browser = await chromium.launch({
      ...launchOptions(options.flags, options.program),
      env: {
        ...process.env,
        ...options.environment,
        ...(options.home === undefined ? {} : { HOME: options.home }),
      } as Record<string, string>,
    });
    return new Chromium(browser);
  }

  async tab(options: BrowserContextOptions = {}): Promise<ChromiumTab> {
    return await ChromiumTab.open(
      await this.browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 }, ...options }),
    );
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
