import type { BrowserContextOptions } from 'playwright-core';
import { LANGUAGES, type Language } from '../../../packages/web/src/messages/index.js';
import type { Chromium } from './chromium.js';
import type { ChromiumTab } from './chromium-tab.js';
import { RoomPage } from './room-page.js';
import type { Cast } from './stage.js';
import { until } from './until.js';

export interface Walk {
  readonly server: string;
  readonly chromium: Chromium;
  readonly cast: Cast;
  readonly language: Language;
  readonly screen: BrowserContextOptions;
}

/** Called at every page, panel, menu and dialog, while it stands there. */
export type Look = (scene: string, tab: ChromiumTab) => Promise<void>;

/** Walks somebody through everything the web app shows, by the names of the language. The others speak English. */
export async function visitEveryScene(walk: Walk, look: Look): Promise<void> {
  const { server, chromium, cast, language, screen } = walk;
  const person = new Walker(language, cast.add('Walker', await chromium.tab({ ...screen, locale: language })));
  const room = `마당-${Math.floor(Math.random() * 1e6)}`;
  const see = (scene: string) => look(scene, person.tab);
  await outdoors(person, server, see);
  await alone(person, server, room, see);
  const bo = await cast.enters(chromium, server, room, '보리');
  await together(person, bo, see);
  for (const name of ['초롱', '다온']) await joinsQuietly(walk, room, name);
  await person.waits('four tiles', async () => (await person.tab.page.locator('article[data-member]').count()) === 4);
  await see('room with four');
  await full(walk, room, look);
  await leaving(person, see);
  await person.tab.goto(`${server}/`);
  await person.shows(person.text.landing.recent);
  await see('landing with recent rooms');
}

class Walker {
  readonly tab: ChromiumTab;
  readonly text: (typeof LANGUAGES)[Language]['messages'];

  constructor(language: Language, tab: ChromiumTab) {
    this.tab = tab;
    this.text = LANGUAGES[language].messages;
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
    const layers = this.tab.page.locator('[role=menu], [role=dialog], [role=alertdialog]');
    await layers.last().waitFor({ state: 'visible' });
    await layers.last().evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
  }

  async closes(): Promise<void> {
    await this.tab.press('Escape');
    const layers = this.tab.page.locator('[role=menu], [role=dialog], [role=alertdialog]');
    await until('everything to be closed', async () => (await layers.count()) === 0);
  }
}

async function outdoors(person: Walker, server: string, see: (scene: string) => Promise<void>): Promise<void> {
  const { tab, text } = person;
  await tab.goto(`${server}/`);
  await person.waits('the landing page', () => tab.has('button', text.landing.newRoom));
  await see('landing');
  await tab.goto(`${server}/r/-`);
  await person.shows(text.app.notFound);
  await see('not found');
  await tab.goto(`${server}/inspect`);
  await person.waits('the inspector page', () => tab.has('heading', text.inspector.heading));
  await see('inspector page');
}

async function alone(
  person: Walker,
  server: string,
  room: string,
  see: (scene: string) => Promise<void>,
): Promise<void> {
  const { tab, text } = person;
  await tab.goto(`${server}/r/${encodeURIComponent(room)}`);
  await person.waits('the door', () => tab.has('button', text.door.join));
  await tab.click('button', text.door.join);
  await person.shows(text.memberNameProblem.empty);
  await see('door with a problem');
  await tab.fill(text.door.yourName, '하늘');
  await tab.click('button', text.door.join);
  await person.waits('the room', () => tab.has('button', text.room.leave));
  await see('alone in the room');
  await person.opensMore();
  await see('more');
  await person.closes();
  await person.presses(text.room.invite);
  await person.layer();
  await see('invite');
  await person.closes();
  await tab.press('Shift+Slash');
  await person.layer();
  await see('shortcuts');
  await person.closes();
  await person.opensMore();
  await person.takes(text.settings.open);
  await person.shows(text.settings.heading);
  await person.layer();
  await see('settings');
  await person.closes();
  for (const options of [text.devices.microphoneOptions, text.devices.cameraOptions]) {
    await person.presses(options);
    await person.layer();
    await see(options);
    await person.closes();
  }
}

async function together(person: Walker, bo: RoomPage, see: (scene: string) => Promise<void>): Promise<void> {
  const { tab, text } = person;
  await person.waits('a moving picture', () =>
    tab.evaluate(() => window.madangProbe.pictures().some(({ frames }) => frames > 0)),
  );
  await see('room with two');
  await bo.press('Raise hand');
  // A low screen has room for the newest notice alone.
  await person.shows(text.announce.handRaised('보리'));
  await bo.say('안녕하세요');
  await see('a hand and a message come in');
  await tab.click('button', text.tile.menu('보리'));
  await person.layer();
  await see('menu of a tile');
  await person.takes(text.tile.volume);
  await person.shows(text.view.volumeOf('보리'));
  await see('volume');
  await person.closes();
  await tab.click('button', text.room.chat);
  await person.shows('안녕하세요');
  await see('chat');
  await closePanel(person);
  await person.presses(text.room.people);
  await person.waits('the list of people', () => tab.has('heading', text.people.heading(2)));
  await see('people');
  await tab.click('button', text.people.options('보리'));
  await person.takes(text.host.remove);
  await tab.page.getByRole('alertdialog').waitFor();
  await see('asked before removing somebody');
  await tab.click('button', text.app.cancel);
  await closePanel(person);
}

/** Beside the stage a panel has a button of its own name for that; as a sheet, it closes like one. */
async function closePanel({ tab, text }: Walker): Promise<void> {
  const beside = await tab.has('button', text.room.closePanel);
  await tab.click('button', beside ? text.room.closePanel : text.app.close);
  await until('the panel to be gone', async () => !(await tab.page.locator('aside, [role=dialog]').count()));
}

/** Comes in without devices: a face less to encode. */
async function joinsQuietly({ server, chromium, cast }: Walk, room: string, name: string): Promise<void> {
  const page = new RoomPage(cast.add(name, await chromium.tab()));
  await page.visit(server, room);
  await page.tab.fill('Your name', name);
  await page.press('Join without camera and microphone');
  await page.isInRoom();
}

async function full(walk: Walk, room: string, look: Look): Promise<void> {
  const { server, chromium, cast, language, screen } = walk;
  const fifth = new Walker(language, cast.add('Fifth', await chromium.tab({ ...screen, locale: language })));
  await fifth.tab.goto(`${server}/r/${encodeURIComponent(room)}`);
  await fifth.waits('the door', () => fifth.tab.has('button', fifth.text.door.join));
  await fifth.tab.fill(fifth.text.door.yourName, '라온');
  await fifth.tab.click('button', fifth.text.door.join);
  await fifth.shows(fifth.text.outside.heading.full);
  await look('no place left', fifth.tab);
  await fifth.tab.close();
}

async function leaving(person: Walker, see: (scene: string) => Promise<void>): Promise<void> {
  const { tab, text } = person;
  await tab.click('button', text.room.leave);
  await person.layer();
  await see('how to leave');
  await person.takes(text.leaving.leave);
  await person.shows(text.outside.heading.left);
  await see('outside');
}
