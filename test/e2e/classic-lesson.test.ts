import { readFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
import { inCheckout } from './support/checkout.js';
import type { Chromium } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { seeAndHear } from './support/media-checks.js';
import { type Cast, freshRoom, stage } from './support/stage.js';
import { StaticSite } from './support/static-site.js';
import { until } from './support/until.js';

const example = (file: string) => readFileSync(inCheckout(`examples/classic/${file}`), 'utf8');
const site = await StaticSite.of({
  '/': example('index.html'),
  '/lesson.js': example('lesson.js'),
  '/lesson.css': example('lesson.css'),
});
afterAll(() => site.close());

const test = stage({ server: { flags: ['--allow-origin', site.address] } });

interface Lesson {
  readonly tab: ChromiumTab;
  say(text: string): Promise<void>;
  shows(text: string): Promise<void>;
}

/** A plain page of the lesson, from another origin, connected to the server. */
async function opensLesson(
  cast: Cast,
  chromium: Chromium,
  server: string,
  room: string,
  name: string,
): Promise<Lesson> {
  const tab = cast.add(name, await chromium.tab());
  await tab.goto(`${site.address}/?server=${server}&room=${room}`);
  await until('the lesson to connect', () => tab.log.requests.some((address) => address.startsWith('ws')));
  await tab.fill('Your name', name);
  return {
    tab,
    say: async (text) => {
      await tab.fill('Message', text);
      await tab.click('button', 'Send');
    },
    shows: async (text) => {
      await until(
        `the lesson to show “${text}”`,
        () => tab.text(),
        (page) => page.includes(text),
      );
    },
  };
}

test('two plain pages complete a call with the events of the lesson', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await opensLesson(cast, chromium, server.address, room, 'Ana');
  const bo = await opensLesson(cast, chromium, server.address, room, 'Bo');
  await seeAndHear([ana.tab, bo.tab], 1);
  for (const page of [ana, bo]) {
    expect(page.tab.log.errors).toEqual([]);
  }
  await ana.say('Hello from the lesson');
  await ana.shows('Ana: Hello from the lesson');
  await bo.shows('Ana: Hello from the lesson');
});

test('a plain page and Madang’s own share room and chat', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const lesson = await opensLesson(cast, chromium, server.address, room, 'Ana');
  const own = await cast.enters(chromium, server.address, room, 'Bo');
  await own.openChat();
  await lesson.say('from the plain page');
  await own.shows('from the plain page');
  await own.shows('Ana');
  await own.say('from Madang’s page');
  await lesson.shows('Bo: from Madang’s page');
  expect(await own.members()).toHaveLength(2);
});

test('a plain page from an origin that is not allowed gets nowhere', async ({ server, chromium, cast }) => {
  const stranger = await StaticSite.of({ '/': example('index.html'), '/lesson.js': example('lesson.js') });
  cast.onLeave(() => stranger.close());
  const room = freshRoom();
  const own = await cast.enters(chromium, server.address, room, 'Bo');
  const tab = cast.add('Stranger', await chromium.tab());
  await tab.goto(`${stranger.address}/?server=${server.address}&room=${room}`);
  await until(
    'the refusal on the console',
    () => tab.log.console.join('\n'),
    (lines) => /40[03]|CORS|refused/i.test(lines),
  );
  expect(await own.members()).toHaveLength(1);
});
