import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { longestStandstill, seeAndHear } from './support/media-checks.js';
import type { Host } from './support/network/host.js';
import { test as base, describeNetwork, type Yard } from './support/network/yard.js';
import { pictureReturns } from './support/picture-return.js';
import type { RoomPage } from './support/room-page.js';
import { type Cast, freshRoom } from './support/stage.js';
import { until } from './support/until.js';

const LOSS_MS = 5_000;
/** Long enough for the server to miss the sleeper (18 s) and to give the place up. */
const SLEEP_MS = 40_000;
const GRACE_S = 5;
/** Whoever goes over is there by then. */
const GOING_OVER_MS = 8_000;

const test = base.extend('meetings', { scope: 'file' }, async ({ yard }) => {
  const server = await yard.serve('--resume-seconds', String(GRACE_S), '--media-port', '0');
  const ana = yard.network.host('ana');
  const meeting = (mode: Mode): Meeting => ({ mode, server, ana, bo: yard.network.host(`bo-${mode}`) });
  return { p2p: meeting('p2p'), sfu: meeting('sfu') };
});

type Mode = 'p2p' | 'sfu';

interface Meeting {
  readonly mode: Mode;
  readonly server: string;
  readonly ana: Host;
  /** Whose line it is about: a machine of its own in each mode, since who has moved stays where it is. */
  readonly bo: Host;
}

/** To each other, or one up to the server and one down. */
const CONNECTIONS = { p2p: 1, sfu: 2 } as const;
/** Where the addon was not built there is no media server. */
const MODES: readonly Mode[] = hasAddon() ? ['p2p', 'sfu'] : ['p2p'];
const WAY = { p2p: 'between two', sfu: 'through the server' } as const;

/** Ana and Bo, each on a machine of their own, hear and see each other. */
async function call(yard: Yard, cast: Cast, { mode, server, ana, bo }: Meeting): Promise<[RoomPage, RoomPage]> {
  const room = freshRoom();
  const first = await cast.enters(await yard.browser(ana), server, room, 'Ana', `?mode=${mode}`);
  const second = await cast.enters(await yard.browser(bo), server, room, 'Bo');
  await seeAndHear([first.tab, second.tab], 1);
  // Packets must have come steadily for a while before their end means anything.
  await sleep(2_000);
  return [first, second];
}

/** Waits until both see each other again, and the server knows both; prints how long it took from now on. */
async function recovers(
  what: string,
  pages: readonly [RoomPage, RoomPage],
  { before, mode }: { readonly before: readonly string[]; readonly mode: Mode },
): Promise<void> {
  const begun = performance.now();
  const pictures = Promise.all(pages.map(({ tab }) => pictureReturns(tab)));
  const signaling = Promise.all(pages.map((page) => page.isBack())).then(() => performance.now() - begun);
  const [ana, bo] = await pictures;
  console.log(
    `${WAY[mode]}, ${what}: pictures back after ${Math.round(ana!)} ms at Ana’s and ${Math.round(bo!)} ms at Bo’s, ` +
      `the server after ${Math.round(await signaling)} ms`,
  );
  await expectSameCall(pages, before, mode);
}

/** Both see and hear each other, as the same members and over no more connections. */
async function expectSameCall(pages: readonly RoomPage[], before: readonly string[], mode: Mode): Promise<void> {
  await seeAndHear(
    pages.map(({ tab }) => tab),
    1,
  );
  for (const page of pages) {
    expect(await page.members()).toEqual(before);
    expect(await page.tab.evaluate(() => window.madangProbe.connections())).toBe(CONNECTIONS[mode]);
  }
}

/** The inspector of this page says why the call stood still, in its list of what interrupted it. */
async function isToldWhy(page: RoomPage, why: RegExp): Promise<void> {
  await page.press('Inspector');
  await until(
    `the inspector to say ${why}`,
    () => page.tab.text(),
    (text) => why.test(text),
  );
}

for (const mode of MODES) {
  describeNetwork(`a call ${WAY[mode]}`, () => {
    test('outlives five seconds in a tunnel, in which nothing comes through', async ({ yard, cast, meetings }) => {
      const meeting = meetings[mode];
      const pages = await call(yard, cast, meeting);
      const before = await pages[0].members();
      const tunnel = yard.network.cut(meeting.bo);
      await pages[0].shows('The connection to Bo is interrupted');
      await sleep(LOSS_MS);
      tunnel.mend();
      await recovers('after a tunnel', pages, { before, mode });
      await until(
        'the time to be told',
        () => pages[0].tab.text(),
        (text) => /Bo is back after \d+\.\d s/.test(text),
      );
      await isToldWhy(pages[1], /nothing got through to or from .+ any more\. It was back after \d/);
    });

    test('outlives a cable that is pulled for five seconds', async ({ yard, cast, meetings }) => {
      const meeting = meetings[mode];
      const pages = await call(yard, cast, meeting);
      const before = await pages[0].members();
      const cable = meeting.bo.unplug();
      await pages[1].isAway();
      await sleep(LOSS_MS);
      cable.mend();
      await recovers('after the cable was plugged in again', pages, { before, mode });
      await until(
        'the time to be told',
        () => pages[1].tab.text(),
        (text) => /Reconnected after \d+\.\d s/.test(text),
      );
      await isToldWhy(pages[1], /this computer had no network any more\. It was back after \d/);
    });

    test('goes over from one interface to another', async ({ yard, cast, meetings }) => {
      const meeting = meetings[mode];
      const pages = await call(yard, cast, meeting);
      const before = await pages[0].members();
      const gaps = await Promise.all(
        pages.map(({ tab }, ix) =>
          longestStandstill(tab, async () => {
            if (ix === 0) yard.network.move(meeting.bo);
            await sleep(GOING_OVER_MS);
          }),
        ),
      );
      const [ana, bo] = gaps.map(Math.round);
      console.log(
        `${WAY[mode]}, at a change of the interface: pictures stood still for ${ana} ms at Ana’s and ${bo} ms at Bo’s`,
      );
      await expectSameCall(pages, before, mode);
      // Which of them it was the browser tells, at times later than packets do.
      await isToldWhy(pages[1], /this computer (?:went over to another network|had no network)|nothing got through/);
    });
  });
}

describeNetwork('a member', () => {
  test('joins again by itself after a sleep of 40 s, in which its place was given up', { timeout: 180_000 }, async ({
    yard,
    cast,
    meetings,
  }) => {
    const meeting = meetings.p2p;
    const [ana, bo] = await call(yard, cast, meeting);
    const nap = meeting.bo.sleep();
    cast.onLeave(async () => nap.mend());
    await sleep(SLEEP_MS);
    expect(await ana.members()).toHaveLength(1);
    nap.mend();
    const begun = performance.now();
    await seeAndHear([ana.tab, bo.tab], 1);
    console.log(`after a sleep: both see and hear each other again after ${Math.round(performance.now() - begun)} ms`);
    expect(await bo.members()).toEqual(await ana.members());
    await bo.shows('Reconnected after');
  });
});
