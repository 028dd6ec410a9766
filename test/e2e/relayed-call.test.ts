import { randomBytes } from 'node:crypto';
import { DEFAULT_TURN_LIMITS, parseHost, timeLimitedCredential } from '@madang/engine';
import { expect, test as plain } from 'vitest';
import { cryptoHmac, TurnService } from '../../packages/server/src/media/index.js';
import { issueAuthority, issueServer } from '../../packages/server/src/tls/issue.js';
import { Chromium } from './support/chromium.js';
import { Firefox } from './support/firefox.js';
import { MadangServer } from './support/madang-server.js';
import { seeAndHear } from './support/media-checks.js';
import { takesRelaysOnly, usedPaths } from './support/relay-only.js';
import { RoomPage } from './support/room-page.js';
import { Cast, freshRoom } from './support/stage.js';
import { TrustingHome } from './support/trusting-home.js';

const HOST = '127.0.0.1';
const names = { dns: ['localhost'], addresses: [HOST] };
const secret = randomBytes(32);

const test = plain
  .extend('authority', { scope: 'file' }, () =>
    issueAuthority('tests', { dns: names.dns, ranges: ['127.0.0.0/8'] }, Date.now()),
  )
  .extend('turn', { scope: 'file' }, async ({ authority }, { onCleanup }) => {
    const host = parseHost(HOST)!;
    const turn = await TurnService.open({
      udpHosts: [HOST],
      streamHosts: [HOST],
      port: 0,
      tls: { port: 0, certificate: await issueServer(authority, names, Date.now()) },
      turn: {
        realm: 'madang',
        secrets: [secret],
        relayHosts: [{ host, announced: host }],
        relayPorts: { from: 49_152, to: 65_535 },
        ownHosts: [],
        servicePorts: [],
        mediaPorts: [],
        allowedPeers: [],
        tcpRelays: false,
        dontFragment: false,
        limits: DEFAULT_TURN_LIMITS,
      },
    });
    onCleanup(() => turn.close());
    return turn;
  })
  .extend('cast', async ({ turn: _ }, { onCleanup }) => {
    const cast = new Cast();
    onCleanup(() => cast.leave());
    return cast;
  });

const WAYS = [
  { transport: 'udp', url: (port: number) => `turn:${HOST}:${port}?transport=udp` },
  { transport: 'tcp', url: (port: number) => `turn:${HOST}:${port}?transport=tcp` },
  { transport: 'tls', url: (port: number) => `turns:localhost:${port}?transport=tcp` },
] as const;

/** A server whose pages know this one way to a TURN server. */
async function serverKnowing(cast: Cast, turn: TurnService, way: (typeof WAYS)[number]): Promise<MadangServer> {
  const { username, credential } = timeLimitedCredential(secret, 'e2e', Date.now() + 3_600_000, cryptoHmac);
  const { port } = turn.addresses.find(({ transport }) => transport === way.transport)!;
  const servers = JSON.stringify([{ urls: [way.url(port)], username, credential }]);
  const server = await MadangServer.start({ flags: ['--ice-server', servers] });
  cast.onLeave(() => server.close());
  return server;
}

for (const way of WAYS) {
  test(`two Chromium pages that take relays only call each other over ${way.transport}`, async ({
    authority,
    turn,
    cast,
  }) => {
    const server = await serverKnowing(cast, turn, way);
    const home = new TrustingHome(authority.cert);
    cast.onLeave(async () => home.remove());
    const chromium = await Chromium.launch({ home: home.path });
    cast.onLeave(() => chromium.close());
    const room = freshRoom();
    const pages: RoomPage[] = [];
    for (const name of ['Ana', 'Bo']) {
      const tab = cast.add(name, await chromium.tab());
      await takesRelaysOnly(tab);
      const page = new RoomPage(tab);
      await page.visit(server.address, room);
      await page.join(name);
      pages.push(page);
    }
    const tabs = pages.map((page) => page.tab);
    await seeAndHear(tabs, 1, 60_000);
    for (const tab of tabs) {
      const [path] = await usedPaths(tab);
      expect(path).toEqual({ type: 'relay', protocol: way.transport, remoteType: 'relay' });
    }
    expect(turn.loop.sizes().allocations).toBeGreaterThanOrEqual(2);
  });
}

test('two Firefox pages that take relays only call each other over udp', async ({ turn, cast }) => {
  const server = await serverKnowing(cast, turn, WAYS[0]);
  const before = turn.loop.counts().packetsToPeers;
  const firefox = await Firefox.launch();
  cast.onLeave(() => firefox.close());
  const room = freshRoom();
  const tabs = [];
  for (const name of ['Ana', 'Bo']) {
    const tab = cast.add(name, await firefox.tab());
    await takesRelaysOnly(tab);
    const page = new RoomPage(tab);
    await page.visit(server.address, room);
    await page.join(name);
    tabs.push(tab);
  }
  await seeAndHear(tabs, 1, 60_000);
  for (const tab of tabs) expect((await usedPaths(tab))[0]).toMatchObject({ type: 'relay', remoteType: 'relay' });
  expect(turn.loop.counts().packetsToPeers).toBeGreaterThan(before + 100);
});
