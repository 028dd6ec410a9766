import type { BrowserContextOptions } from 'playwright-core';
import { LANGUAGES, type Language } from '../../../packages/web/src/messages/index.js';
import type { Chromium } from './chromium.js';
import type { ChromiumTab } from './chromium-tab.js';
import type { MadangServer } from './madang-server.js';
import { atRest } from './page-checks.js';
import type { Cast } from './stage.js';
import { until } from './until.js';

/**
 * Called at every page, panel, menu and dialog, while it stands there. `mayBeLatin`: what has no other form in that place,
 * besides what has none anywhere.
 */
export type Look = (scene: string, tab: ChromiumTab, mayBeLatin: readonly RegExp[]) => Promise<void>;

/** Where somebody walks, in which language, on what screen, and what is done at every scene. */
export interface Walk {
  readonly server: MadangServer;
  readonly chromium: Chromium;
  readonly cast: Cast;
  readonly language: Language;
  readonly screen: BrowserContextOptions;
  readonly look: Look;
}

/** A room nobody else is in, by a name without a Latin letter. */
export function inventedRoom(): string {
  return `마당-${Math.floor(Math.random() * 1e9)}`;
}

const LAYERS = '[role=menu], [role=dialog], [role=alertdialog]';

/** Somebody who uses the web app by the names it has in a language. */
export class Walker {
  readonly tab: ChromiumTab;
  readonly text: (typeof LANGUAGES)[Language]['messages'];
  private readonly look: Look;

  private constructor(walk: Walk, tab: ChromiumTab) {
    this.tab = tab;
    this.text = LANGUAGES[walk.language].messages;
    this.look = walk.look;
  }

  /** Opens a tab of its own. `differing`: what its browser has that the others on this walk have not. */
  static async sets(walk: Walk, name: string, differing: BrowserContextOptions = {}): Promise<Walker> {
    const tab = await walk.chromium.tab({ ...walk.screen, locale: walk.language, ...differing });
    return new Walker(walk, walk.cast.add(name, tab));
  }

  /** Looks at what is there, once everything that moves in has come to rest. */
  async sees(scene: string, mayBeLatin: readonly RegExp[] = []): Promise<void> {
    await atRest(this.tab);
    await this.look(scene, this.tab, mayBeLatin);
  }

  async waits(what: string, there: () => Promise<boolean>): Promise<void> {
    await until(what, there);
  }

  async shows(words: string): Promise<void> {
    await until(
      `the page to show “${words}”`,
      () => this.tab.text(),
      (page) => page.includes(words),
    );
  }

  /** Waits until something that this selector finds can be seen. */
  async finds(selector: string): Promise<void> {
    await this.tab.page.locator(selector).first().waitFor({ state: 'visible' });
  }

  /** Presses a control of the bar, or finds it under “More” where the bar is too short for it. */
  async presses(name: string): Promise<void> {
    if (await this.tab.has('button', name)) return this.tab.click('button', name);
    await this.opensMore();
    await this.takes(name);
  }

  async opensMore(): Promise<void> {
    await this.tab.click('button', this.text.room.more);
    await this.layer();
  }

  /** Takes an item of the menu or sheet that is open. */
  async takes(name: string): Promise<void> {
    const open = this.tab.page.locator('[role=menu], [role=dialog]').last();
    await open.getByText(name, { exact: true }).first().click();
  }

  /** Waits until a menu, a sheet or a dialog is open and has come to rest. */
  async layer(): Promise<void> {
    const layers = this.tab.page.locator(LAYERS);
    await layers.last().waitFor({ state: 'visible' });
    await layers.last().evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
  }

  async closes(): Promise<void> {
    await this.tab.press('Escape');
    const layers = this.tab.page.locator(LAYERS);
    await until('everything to be closed', async () => (await layers.count()) === 0);
  }

  /** Beside the stage a panel has a button of its own name for that; as a sheet, it closes like one. */
  async closesPanel(): Promise<void> {
    const { app, room } = this.text;
    const beside = await this.tab.has('button', room.closePanel);
    await this.tab.click('button', beside ? room.closePanel : app.close);
    await until('the panel to be gone', async () => !(await this.tab.page.locator('aside, [role=dialog]').count()));
  }

  /** Goes to the page before joining. */
  async comesToDoor(server: string, room: string): Promise<void> {
    await this.tab.goto(`${server}/r/${encodeURIComponent(room)}`);
    await this.waits('the door', () => this.tab.has('button', this.text.door.join));
  }

  /** From that page into the room, or to whatever is there in its place. `by`: the button. */
  async asks(name: string, by: string = this.text.door.join): Promise<void> {
    await this.tab.fill(this.text.door.yourName, name);
    await this.tab.click('button', by);
  }

  async isInRoom(): Promise<void> {
    await this.waits('the room', () => this.tab.has('button', this.text.room.leave));
  }
}
