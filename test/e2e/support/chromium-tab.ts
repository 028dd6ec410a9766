import type { BrowserContext, Page } from 'playwright-core';
import { installProbe } from './probe.js';
import { emptyTabLog, type Tab, type TabRole } from './tab.js';

/** A tab of Chromium. `page` is Playwright's own, for what only Chromium is asked. */
export class ChromiumTab implements Tab {
  readonly browser = 'chromium';
  readonly log = emptyTabLog();

  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(45_000);
    page.on('console', (message) => this.log.console.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.log.errors.push(error.stack ?? error.message));
    page.on('request', (request) => this.log.requests.push(request.url()));
    page.on('websocket', (socket) => this.log.requests.push(socket.url()));
    page.on('dialog', (dialog) => {
      this.log.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }

  static async open(context: BrowserContext): Promise<ChromiumTab> {
    const page = await context.newPage();
    const tab = new ChromiumTab(page);
    await tab.install(installProbe);
    return tab;
  }

  async install(run: () => void): Promise<void> {
    await this.page.addInitScript(run);
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
    await this.page.getByRole(role, { name, exact: true }).first().click();
  }

  async fill(name: string, text: string): Promise<void> {
    await this.page.getByRole('textbox', { name, exact: true }).fill(text);
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  async has(role: TabRole, name: string): Promise<boolean> {
    return await this.page.getByRole(role, { name, exact: true }).first().isVisible();
  }

  async text(): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden must not count.
    return await this.page.evaluate(() => document.body.innerText);
  }

  async evaluate<R>(run: () => R | Promise<R>): Promise<R> {
    return await this.page.evaluate(run);
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
