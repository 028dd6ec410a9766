import type { Tab } from './tab.js';
import { until } from './until.js';

/** Madang's room as a person uses it: everything by the accessible names that the product promises. */
export class RoomPage {
  readonly tab: Tab;

  constructor(tab: Tab) {
    this.tab = tab;
  }

  /** Opens the page before joining. `base` is the server's address with its path prefix, if any. */
  async visit(base: string, room: string, query = ''): Promise<void> {
    await this.tab.goto(`${base}/r/${encodeURIComponent(room)}${query}`);
    await until('the page before joining', () => this.tab.has('button', 'Join'));
  }

  /** From the page before joining into the room. */
  async join(name: string): Promise<void> {
    await this.tab.fill('Your name', name);
    await this.tab.click('button', 'Join');
    await this.isInRoom();
  }

  async isInRoom(timeoutMs?: number): Promise<void> {
    await until('to be in the room', () => this.tab.has('button', 'Leave'), Boolean, timeoutMs);
  }

  async shows(text: string, timeoutMs?: number): Promise<void> {
    await until(
      `the page to show “${text}”`,
      () => this.tab.text(),
      (page) => page.includes(text),
      timeoutMs,
    );
  }

  async press(button: string): Promise<void> {
    await this.tab.click('button', button);
  }

  async openChat(): Promise<void> {
    if (!(await this.tab.has('textbox', 'Message'))) await this.press('Chat');
    await until('the chat to open', () => this.tab.has('textbox', 'Message'));
  }

  async say(text: string): Promise<void> {
    await this.openChat();
    await this.tab.fill('Message', text);
    await this.tab.press('Enter');
  }
}
