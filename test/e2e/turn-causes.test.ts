import { expect } from 'vitest';
import type { Chromium } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { isTold } from './support/findings.js';
import { InspectorView } from './support/inspector-view.js';
import { MadangServer } from './support/madang-server.js';
import { seeAndHear } from './support/media-checks.js';
import { takesRelaysOnly } from './support/relay-only.js';
import { RoomPage } from './support/room-page.js';
import { type Cast, freshRoom, test } from './support/stage.js';

interface Entrance {
  readonly name: string;
  readonly prepare?: (tab: ChromiumTab) => Promise<void>;
}

/** Two people go into one room, each with what its page is prepared by. */
async function meet(cast: Cast, chromium: Chromium, server: MadangServer, entrances: readonly Entrance[]) {
  const room = freshRoom();
  const pages: RoomPage[] = [];
  for (const { name, prepare } of entrances) {
    const tab = cast.add(name, await chromium.tab());
    await prepare?.(tab);
    const page = new RoomPage(tab);
    await page.visit(server.address, room);
    await page.join(name);
    pages.push(page);
  }
  return pages;
}

async function start(cast: Cast, ...flags: string[]): Promise<MadangServer> {
  const server = await MadangServer.start({ turn: true, flags });
  cast.onLeave(() => server.close());
  return server;
}

/** A page whose connections know no server, and so have addresses of this machine alone. */
async function knowsNoServer(tab: ChromiumTab): Promise<void> {
  await tab.page.addInitScript(() => {
    const Usual = window.RTCPeerConnection;
    const { setConfiguration } = Usual.prototype;
    window.RTCPeerConnection = class extends Usual {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceServers: [] });
      }
      override setConfiguration(configuration?: RTCConfiguration): void {
        setConfiguration.call(this, { ...configuration, iceServers: [] });
      }
    };
  });
}

/**
 * A page that tries no way before both have all their addresses: Chromium asks servers no further once it has a way, and on one
 * machine it may have one, by a check of the other's too, before the second relay is refused.
 */
async function gathersFirst(tab: ChromiumTab): Promise<void> {
  await tab.page.addInitScript(() => {
    type Candidate = RTCIceCandidateInit | null | undefined;
    const held = new WeakMap<RTCPeerConnection, Candidate[]>();
    const { prototype } = window.RTCPeerConnection;
    const add: (this: RTCPeerConnection, candidate?: Candidate) => Promise<void> = prototype.addIceCandidate;
    prototype.addIceCandidate = async function (this: RTCPeerConnection, candidate?: Candidate) {
      const candidates = held.get(this) ?? [];
      held.set(this, candidates);
      candidates.push(candidate);
      const isLast = !candidate?.candidate;
      if (!isLast) return;
      while (this.iceGatheringState !== 'complete' && this.signalingState !== 'closed') {
        await new Promise((later) => setTimeout(later, 50));
      }
      for (const each of candidates.splice(0)) await add.call(this, each);
    };
  });
}

/** The servers that a page is told, without their addresses. */
const KINDS = ['stun', 'turn?transport=udp', 'turn?transport=tcp'];

for (const { cause, code, flag } of [
  { cause: 'turn-quota', code: 486, flag: '--max-turn-allocations-per-member' },
  { cause: 'turn-full', code: 508, flag: '--max-turn-allocations' },
]) {
  test(`a server that gives one relay where more are asked for: \`${cause}\`, in a call that goes on`, async ({
    chromium,
    cast,
  }) => {
    const server = await start(cast, flag, '1');
    const pages = await meet(cast, chromium, server, [
      { name: 'Ana', prepare: gathersFirst },
      { name: 'Bo', prepare: gathersFirst },
    ]);
    await seeAndHear(
      pages.map(({ tab }) => tab),
      1,
    );
    await isTold(pages[1]!, cause);
    const view = new InspectorView(pages[1]!.tab as ChromiumTab);
    await view.toggles('candidates-sent');
    const rows = await view.servers();
    expect(rows.map(({ url }) => url.replace(/:[^?]*/, ''))).toEqual(KINDS);
    // On one machine STUN sees the address that the browser has told already.
    expect(rows[0]).toMatchObject({ state: 'silent' });
    // Of all ways to the relay one at most has got the only one.
    const refused = rows.filter(({ state, text }) => state === 'failed' && text.includes(String(code)));
    expect(refused.length).toBeGreaterThan(0);
  });
}

test('a relay that does not pass on to private addresses, where the other has no other: `relay-refuses-other`', async ({
  chromium,
  cast,
}) => {
  const server = await start(cast);
  const [ana] = await meet(cast, chromium, server, [
    { name: 'Ana', prepare: (tab) => takesRelaysOnly(tab, 'udp') },
    { name: 'Bo', prepare: knowsNoServer },
  ]);
  await isTold(ana!, 'relay-refuses-other');
  expect(await ana!.members()).toHaveLength(2);
});
