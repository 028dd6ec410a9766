import type { Tab } from './tab.js';
import { until } from './until.js';

const ALLOW = 'Turn on camera and microphone';
const AWAY = 'The connection to the server is away';

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

  async hides(text: string, timeoutMs?: number): Promise<void> {
    await until(
      `the page to hide “${text}”`,
      () => this.tab.text(),
      (page) => !page.includes(text),
      timeoutMs,
    );
  }

  /** Lets the page ask for camera and microphone, where it explains that before. */
  async letsAsk(): Promise<void> {
    await until('devices to be asked for', async () => {
      if (await this.tab.has('button', ALLOW)) await this.press(ALLOW);
      return !(await this.tab.has('button', ALLOW));
    });
  }

  /** Waits until one's own picture stands on the page before joining. */
  async previews(): Promise<void> {
    await this.letsAsk();
    await until('the preview', () =>
      this.tab.evaluate(() => [...document.querySelectorAll('video')].some((element) => element.videoWidth > 0)),
    );
  }

  /** The banner says that the connection to the server is away. */
  async isAway(): Promise<void> {
    await this.shows(AWAY);
  }

  /** The banner has gone: the server knows this member again. */
  async isBack(timeoutMs?: number): Promise<void> {
    await this.hides(AWAY, timeoutMs);
    await this.isInRoom(timeoutMs);
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

  /** Opens the menu of this name and takes one of its items. */
  async chooses(menu: string, item: string): Promise<void> {
    await this.press(menu);
    await this.tab.click('menuitemradio', item);
  }

  /** Takes an item of the menu of another member's tile. */
  async choosesFor(member: string, item: string): Promise<void> {
    await this.press(`Options for ${member}`);
    await this.tab.click('menuitem', item);
  }

  /** Whether the menu of another member's tile has this item. */
  async isOfferedFor(member: string, item: string): Promise<boolean> {
    await this.press(`Options for ${member}`);
    await until('the menu to open', () => this.tab.has('menu', `Options for ${member}`));
    const offered = await this.tab.has('menuitem', item);
    await this.tab.press('Escape');
    return offered;
  }

  /** Whether the tile of this member says that the microphone is off. */
  async showsMuted(member: string): Promise<boolean> {
    return (await this.tiles()).some((tile) => tile.name === member && tile.isMuted);
  }

  /** Ids of the members whose tiles stand on the page, in a fixed order. */
  async members(): Promise<string[]> {
    return [...new Set((await this.tiles()).map((tile) => tile.member))].sort();
  }

  private tiles(): Promise<{ member: string; name: string; isMuted: boolean }[]> {
    return this.tab.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('article[data-member]')].map((tile) => ({
        member: tile.getAttribute('data-member') ?? '',
        name: tile.getAttribute('aria-label') ?? '',
        isMuted: tile.querySelector('[role="img"][aria-label="Microphone off"]') !== null,
      })),
    );
  }
}
