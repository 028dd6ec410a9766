import { expect } from 'vitest';
import { DataMember, type Entry } from './support/data-member.js';
import { Firefox } from './support/firefox.js';
import { MadangServer } from './support/madang-server.js';
import { MEDIA_ON_OWN_ADDRESSES } from './support/own-addresses.js';
import { sdkSite } from './support/sdk-site.js';
import { type Cast, freshRoom, test as staged } from './support/stage.js';
import { until } from './support/until.js';

const MIB = 1_048_576;
/** The size of the file: by hand 100 and more. */
const SIZE_MIB = Number(process.env.TEST_SERVED_FILE_MIB ?? 16);
/** What goes on through both moves: its receiver takes a second for each MiB. */
const CARRIED_MIB = 48;
const PATIENCE_MS = 240_000;

interface Ground {
  readonly site: string;
  readonly server: MadangServer;
}

/** A page of the SDK's own, and a server that lets it in. */
const test = staged.extend('ground', { scope: 'file' }, async ({ chromium: _ }, { onCleanup }): Promise<Ground> => {
  const site = await sdkSite();
  const flags = ['--allow-origin', site.address, ...MEDIA_ON_OWN_ADDRESSES];
  const server = await MadangServer.start({ media: true, flags });
  onCleanup(async () => {
    await server.close();
    await site.close();
  });
  return { site: site.address, server };
});

async function enters(
  { site, server }: Ground,
  page: unknown,
  name: string,
  entry: Pick<Entry, 'room' | 'mode' | 'role' | 'slowMs'>,
): Promise<DataMember> {
  const member = new DataMember(page);
  await member.enter(site, { url: server.address, name, ...entry });
  return member;
}

const isServed = (way: string | null): boolean => way === 'sfu';
const texts = (count: number, of: string): string[] => Array.from({ length: count }, (_, ix) => `${of} ${ix}`);

const file = (member: DataMember) =>
  until(
    'the file',
    () => member.files(),
    ({ length }) => length > 0,
    PATIENCE_MS,
  );

async function firefoxTab(cast: Cast): Promise<unknown> {
  const firefox = await Firefox.launch();
  cast.onLeave(() => firefox.close());
  return cast.add('Fox', await firefox.tab()).page;
}

test(`messages and ${SIZE_MIB} MiB go through the server, and one that writes slowly holds nobody up`, {
  timeout: 480_000,
}, async ({ ground, chromium, cast }) => {
  const room = { room: freshRoom(), mode: 'sfu' as const };
  const ana = await enters(ground, (await chromium.tab()).page, 'Ana', room);
  const bo = await enters(ground, (await chromium.tab()).page, 'Bo', room);
  const fox = await enters(ground, await firefoxTab(cast), 'Fox', room);
  const slow = await enters(ground, (await chromium.tab()).page, 'Slow', { ...room, slowMs: 100 });
  const viewer = await enters(ground, (await chromium.tab()).page, 'Vic', { ...room, role: 'viewer' });

  for (const member of [ana, fox]) await member.knows(ana, bo, fox, slow, viewer);
  await ana.say(texts(100, 'ana'));
  for (const member of [bo, fox, slow, viewer]) expect(await member.heard()).toEqual(texts(100, 'ana'));
  await fox.say(texts(20, 'fox'));
  expect(await ana.heard()).toEqual(texts(20, 'fox'));
  expect(await viewer.refusal()).toBe('forbidden');

  const alone = await ana.offer([bo.id], SIZE_MIB * MIB);
  const [first] = await file(bo);
  const together = await ana.offer([fox.id, slow.id, viewer.id], SIZE_MIB * MIB);
  const rest = await Promise.all([fox, viewer, slow].map(async (member) => (await file(member))[0]));
  expect([first, ...rest].map((got) => got?.sha256)).toEqual([alone, together, together, together]);
  const rate = (got?: { readonly ms: number }): string => `${((SIZE_MIB * 1_000) / (got?.ms ?? 0)).toFixed(1)} MiB/s`;
  console.log(
    `${SIZE_MIB} MiB from Chromium to Chromium ${rate(first)}; then at once to Firefox ${rate(rest[0])}, to a viewer ` +
      `${rate(rest[1])} and to one that takes 100 ms for each MiB ${rate(rest[2])}`,
  );
});

test('a call that moves to the server and back loses no message and no piece of a file', {
  timeout: 300_000,
}, async ({ ground, chromium }) => {
  const room = { room: freshRoom(), mode: 'auto' as const };
  const ana = await enters(ground, (await chromium.tab()).page, 'Ana', room);
  const bo = await enters(ground, (await chromium.tab()).page, 'Bo', { ...room, slowMs: 1_000 });
  await ana.knows(bo);
  await ana.say(['first']);
  const sent = await ana.offer([bo.id], CARRIED_MIB * MIB);

  const cho = await enters(ground, (await chromium.tab()).page, 'Cho', room);
  for (const member of [ana, bo]) await until('the call to be on the server', () => member.way(), isServed);
  await Promise.all([ana.say(texts(200, 'up')), bo.say(texts(200, 'up'))]);
  await cho.say(['third']);
  await cho.leave();
  // Straight again half a minute later, while the file is still under way.
  let wentBack = false;
  for (let round = 0; round < 20; round += 1) {
    wentBack ||= (await ana.way()) === 'p2p' && !(await ana.states()).some((state) => state.startsWith('done'));
    await Promise.all([ana.say(texts(10, `down ${round}`)), bo.say(texts(10, `down ${round}`))]);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
  expect(wentBack).toBe(true);
  const said = [...texts(200, 'up'), ...Array.from({ length: 20 }, (_, round) => texts(10, `down ${round}`)).flat()];
  const sorted = async (member: DataMember) => (await member.heard()).map(String).sort();
  expect(await sorted(bo)).toEqual(['first', 'third', ...said].sort());
  expect(await sorted(ana)).toEqual(['third', ...said].sort());
  expect((await file(bo))[0]?.sha256).toBe(sent);
  expect(await ana.states()).toEqual([`done ${CARRIED_MIB * MIB}`]);
});
