import type { Page } from 'puppeteer-core';
import { installProbe } from './probe.js';
import { emptyTabLog, type Tab, type TabRole } from './tab.js';

/** A tab of Firefox. */
export class FirefoxTab implements Tab {
  readonly browser = 'firefox';
  readonly log = emptyTabLog();

  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(45_000);
    page.on('console', (message) => this.log.console.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.log.errors.push(error instanceof Error ? error.message : String(error)));
    page.on('request', (request) => this.log.requests.push(request.url()));
    page.on('dialog', (dialog) => {
      this.log.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }

  static async open(page: Page): Promise<FirefoxTab> {
    const tab = new FirefoxTab(page);
    await page.setViewport({ width: 1280, height: 800 });
    await tab.install(installProbe);
    return tab;
  }

  async install(run: () => void): Promise<void> {
    await this.page.evaluateOnNewDocument(run);
  }

  async goto(address: string): Promise<void> {
    await this.page.goto(address, { waitUntil: 'load' });
  }

  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'load' });
  }

  address(): string {
    return this.page.url();
  }

  async click(role: TabRole, name: string): Promise<void> {
    await this.page.locator(byRole(role, name)).click();
  }

  async fill(name: string, text: string): Promise<void> {
    await this.page.locator(byRole('textbox', name)).fill(text);
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key as 'Enter');
  }

  async has(role: TabRole, name: string): Promise<boolean> {
    const element = await this.page.$(byRole(role, name));
    return element !== null && (await element.isVisible());
  }

  async text(): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden must not count.
    return await this.page.evaluate(() => document.body.innerText);
  }

  async evaluate<R>(run: () => R | Promise<R>): Promise<R> {
    return (await this.page.evaluate(run)) as R;
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path: path as `${string}.png` });
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

function byRole(role: TabRole, name: string): string {
  return `::-p-aria([name="${name}"][role="${role}"])`;
}
