import { expect } from 'vitest';
import type { Chromium } from './support/chromium.js';
import { goesBy, isNoLongerTold, isTold } from './support/findings.js';
import { seeAndHear } from './support/media-checks.js';
import { Coturn } from './support/network/coturn.js';
import type { Host } from './support/network/host.js';
import { Network } from './support/network/network.js';
import { test as base, describeNetwork, type Yard } from './support/network/yard.js';
import { RoomPage } from './support/room-page.js';
import { type Cast, freshRoom } from './support/stage.js';

/** Nobody has this address. */
const NOBODY = '10.77.200.99';

const test = base
  .extend('coturn', { scope: 'file' }, async ({ yard }, { onCleanup }) => {
    const coturn = await Coturn.start(yard.network.server);
    onCleanup(() => coturn.close());
    return coturn;
  })
  .extend('servers', { scope: 'file' }, async ({ yard, coturn }) => {
    const unreachable = coturn.turnServer().replace(Network.SERVER, NOBODY);
    // One after the other: seven that start at once keep each other from it.
    const plain = await yard.serve();
    const stun = await yard.serve('--ice-server', coturn.stunUrl);
    const turn = await yard.serve('--ice-server', coturn.turnServer());
    const wrongPassword = await yard.serve('--ice-server', coturn.turnServer('wrong'));
    const noTurn = await yard.serve('--ice-server', unreachable);
    const noStun = await yard.serve('--ice-server', `stun:${NOBODY}:3478`);
    const badUrl = await yard.serve('--ice-server', `stun:${NOBODY}:99999`);
    return { plain, stun, turn, wrongPassword, noTurn, noStun, badUrl };
  })
  .extend('hosts', { scope: 'file' }, async ({ yard }) => ({
    ana: yard.network.host('ana'),
    bo: yard.network.host('bo'),
    chloeBehindNat: yard.network.hostBehindNat('chloe'),
    daveBehindNat: yard.network.hostBehindNat('dave'),
  }));

/** Two people go into a room; whether they find each other is another matter. */
async function meet(yard: Yard, cast: Cast, server: string, one: Host, other: Host): Promise<[RoomPage, RoomPage]> {
  const room = freshRoom();
  const browsers = [await yard.browser(one), await yard.browser(other)] as const;
  return [await cast.enters(browsers[0], server, room, 'Ana'), await cast.enters(browsers[1], server, room, 'Bo')];
}

/** Goes in without camera and microphone, so that the browser hides the machine's addresses. */
async function entersWithoutDevices(cast: Cast, browser: Chromium, server: string, room: string, name: string) {
  const page = new RoomPage(cast.add(name, await browser.tab()));
  await page.visit(server, room);
  await page.tab.fill('Your name', name);
  await page.press('Join without camera and microphone');
  await page.isInRoom();
  return page;
}

describeNetwork('between two members', () => {
  test('two networks that reach only the server: `only-local-addresses`, until they reach each other', async ({
    yard,
    cast,
    servers,
    hosts,
  }) => {
    const apart = yard.network.separate(hosts.ana, hosts.bo);
    const [ana, bo] = await meet(yard, cast, servers.plain, hosts.ana, hosts.bo);
    await isTold(ana, 'only-local-addresses');
    apart.mend();
    await isNoLongerTold(ana, 'only-local-addresses');
    await seeAndHear([ana.tab, bo.tab], 1);
  });

  test('two networks that reach only the server, and a relay: a healthy call by TURN', async ({
    yard,
    cast,
    servers,
    hosts,
  }) => {
    const apart = yard.network.separate(hosts.ana, hosts.bo);
    cast.onLeave(async () => apart.mend());
    const pages = await meet(yard, cast, servers.turn, hosts.ana, hosts.bo);
    await seeAndHear(
      pages.map(({ tab }) => tab),
      1,
    );
    await goesBy(pages[0], /relay/i);
  });

  test('two NATs and STUN: a healthy call by server-reflexive addresses', async ({ yard, cast, servers, hosts }) => {
    const pages = await meet(yard, cast, servers.stun, hosts.chloeBehindNat, hosts.daveBehindNat);
    await seeAndHear(
      pages.map(({ tab }) => tab),
      1,
    );
    await goesBy(pages[0], /reflexive|srflx/i);
  });

  test('two NATs that let no packets of the other in: `checks-unanswered`', async ({ yard, cast, servers, hosts }) => {
    const { chloeBehindNat, daveBehindNat } = hosts;
    const apart = yard.network.separate(chloeBehindNat, daveBehindNat, 'meta l4proto udp');
    const [ana, bo] = await meet(yard, cast, servers.stun, chloeBehindNat, daveBehindNat);
    await isTold(ana, 'checks-unanswered');
    apart.mend();
    await isNoLongerTold(ana, 'checks-unanswered');
    await seeAndHear([ana.tab, bo.tab], 1);
  });

  // Chromium asks no more as soon as there is a way, and then never says how the relay would have answered.
  for (const { cause, server } of [
    { cause: 'turn-unauthorized', server: 'wrongPassword' },
    { cause: 'turn-unreachable', server: 'noTurn' },
  ] as const) {
    test(`two networks that reach only the server, and a relay that does not serve: \`${cause}\``, async ({
      yard,
      cast,
      servers,
      hosts,
    }) => {
      const apart = yard.network.separate(hosts.ana, hosts.bo);
      cast.onLeave(async () => apart.mend());
      const [ana] = await meet(yard, cast, servers[server], hosts.ana, hosts.bo);
      await isTold(ana, cause);
    });
  }

  test('the server’s list of ICE servers is none: `connection-refused`', async ({ yard, cast, servers, hosts }) => {
    const [ana] = await meet(yard, cast, servers.badUrl, hosts.ana, hosts.bo);
    await isTold(ana, 'connection-refused');
  });

  test('two NATs and a STUN server that is not there: `stun-unreachable`', async ({ yard, cast, servers, hosts }) => {
    const [ana] = await meet(yard, cast, servers.noStun, hosts.chloeBehindNat, hosts.daveBehindNat);
    await isTold(ana, 'stun-unreachable');
  });

  test('pages without devices on two networks: `hidden-addresses`', async ({ yard, cast, servers }) => {
    const [one, other] = [yard.network.host('eve'), yard.network.host('finn')];
    const room = freshRoom();
    // One of them has a camera to send, or nobody would need a connection.
    const ana = await entersWithoutDevices(cast, await yard.browser(one, { flags: [] }), servers.plain, room, 'Ana');
    const bo = await entersWithoutDevices(cast, await yard.browser(other, { flags: [] }), servers.plain, room, 'Bo');
    await isTold(ana, 'hidden-addresses');
    await isTold(bo, 'hidden-addresses');
  });

  test('a browser that is forbidden all UDP: `no-candidates`, and at the other `no-candidates-from-other`', async ({
    yard,
    cast,
    servers,
    hosts,
  }) => {
    const gus = yard.network.host('gus');
    const policy = 'disable_non_proxied_udp';
    const flags = [
      `--force-webrtc-ip-handling-policy=${policy}`,
      `--webrtc-ip-handling-policy=${policy}`,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ];
    const room = freshRoom();
    const ana = await cast.enters(await yard.browser(hosts.ana), servers.plain, room, 'Ana');
    const bo = await cast.enters(await yard.browser(gus, { flags }), servers.plain, room, 'Bo');
    await isTold(bo, 'no-candidates');
    await isTold(ana, 'no-candidates-from-other');
    expect(await ana.members()).toHaveLength(2);
  });
});
