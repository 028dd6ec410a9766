import puppeteer, { type Browser } from 'puppeteer-core';
import { FirefoxTab } from './firefox-tab.js';

/** Fake devices that are always granted, loopback candidates, and sound that may start by itself. */
const PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.tcp': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'intl.accept_languages': 'en-US,en',
};

/** Debian's stock Firefox without a window, over WebDriver BiDi. */
export class Firefox {
  private readonly browser: Browser;

  private constructor(browser: Browser) {
    this.browser = browser;
  }

  static async launch(): Promise<Firefox> {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: '/usr/bin/firefox-esr',
      headless: true,
      extraPrefsFirefox: PREFERENCES,
      args: ['--width=1280', '--height=800'],
    });
    return new Firefox(browser);
  }

  async tab(): Promise<FirefoxTab> {
    return await FirefoxTab.open(await this.browser.newPage());
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
