import { isNoLongerTold, isTold } from './support/findings.js';
import { seeAndHear } from './support/media-checks.js';
import type { Fault } from './support/network/fault.js';
import type { Host } from './support/network/host.js';
import type { Network } from './support/network/network.js';
import { test as base, describeNetwork } from './support/network/yard.js';
import type { RoomPage } from './support/room-page.js';
import { freshRoom } from './support/stage.js';

interface Meeting {
  readonly ana: Host;
  readonly bo: Host;
  readonly pages: readonly [RoomPage, RoomPage];
}

interface Case {
  readonly cause: string;
  /** How it is produced, in words. */
  readonly how: string;
  /** Who names it: 0 is Ana. */
  readonly by: 0 | 1;
  readonly make: (network: Network, meeting: Meeting) => Fault | Promise<Fault>;
}

/** All of them happen to Bo's line, one after the other, in one call. */
const CASES: readonly Case[] = [
  {
    cause: 'packet-loss',
    how: 'one packet of ten is lost, both ways',
    by: 0,
    make: (network, { bo }) => network.lose(bo, 10),
  },
  {
    cause: 'long-delay',
    how: 'every packet takes 300 ms longer, each way',
    by: 0,
    make: (network, { bo }) => network.delay(bo, 300),
  },
  {
    cause: 'thin-line',
    how: 'the line towards Bo carries 150 kbit/s',
    by: 0,
    make: (network, { bo }) => network.limit(bo, 150),
  },
  {
    cause: 'media-dropped',
    how: 'UDP packets above 300 bytes from Bo are dropped',
    by: 0,
    make: (network, { bo }) => network.drop({ from: bo }, 'udp length > 300'),
  },
  {
    cause: 'path-lost',
    how: 'UDP between the two is dropped in mid-call',
    by: 0,
    make: (network, { ana, bo }) => network.separate(ana, bo, 'meta l4proto udp'),
  },
];

const test = base.extend('meeting', { scope: 'file' }, async ({ yard }) => ({
  server: await yard.serve(),
  ana: yard.network.host('ana'),
  bo: yard.network.host('bo'),
}));

describeNetwork('a line that is bad, and is mended', () => {
  test('is named, and no longer', { timeout: 600_000 }, async ({ yard, cast, meeting: { server, ana, bo } }) => {
    const room = freshRoom();
    const first = await cast.enters(await yard.browser(ana), server, room, 'Ana');
    const second = await cast.enters(await yard.browser(bo), server, room, 'Bo');
    const pages = [first, second] as const;
    await seeAndHear([first.tab, second.tab], 1);
    for (const { cause, how, by, make } of CASES) {
      const made = await make(yard.network, { ana, bo, pages });
      console.log(`${cause}: ${how}`);
      await isTold(pages[by], cause);
      made.mend();
      await isNoLongerTold(pages[by], cause);
    }
    // A connection that is begun anew while the path is gone has 15 s, and perhaps that again.
    await seeAndHear([first.tab, second.tab], 1, 90_000);
  });
});
