import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MadangServer } from '../e2e/support/madang-server.js';
import { ForeignStacks, type Stack } from './support/foreign-stacks.js';
import { Guest, type Saw } from './support/guest.js';

/** First in a ring, so that each publishes for another and views what another publishes. */
const RING: readonly (readonly [publisher: Stack, viewer: Stack])[] = [
  ['libwebrtc', 'GStreamer'],
  ['GStreamer', 'libdatachannel'],
  ['libdatachannel', 'aiortc'],
  ['aiortc', 'Pion'],
  ['Pion', 'libwebrtc'],
  // aiortc never asks for a keyframe: its first one must come by itself.
  ['libwebrtc', 'aiortc'],
];

let server: MadangServer;
let stacks: ForeignStacks;
const guests: Guest[] = [];

beforeAll(async () => {
  stacks = new ForeignStacks();
  server = await MadangServer.start({ media: true });
});

afterEach(async () => {
  for (const guest of guests.splice(0)) await guest.end().catch(() => {});
});

afterAll(async () => {
  await server.close();
  stacks.remove();
});

function start(command: readonly string[]): Guest {
  const guest = new Guest(command);
  guests.push(guest);
  return guest;
}

test.for(RING)('%s publishes by WHIP, and %s sees and hears it by WHEP', async ([publishing, viewing]) => {
  const room = `${publishing}-${viewing}`.toLowerCase();
  const publisher = start(stacks.publish(publishing, `${server.address}/whip/${room}`));
  const { publishes } = await publisher.says<{ publishes: string }>();
  const viewer = start(stacks.view(viewing, `${server.address}/whep/${room}`));
  const saw = await viewer.says<Saw>();
  console.log(`${publishing} (${publishes}) → ${JSON.stringify(saw)}`);
  expect(saw.frames).toBeGreaterThanOrEqual(45);
  expect(saw.sound).toBeGreaterThanOrEqual(60);
  expect(saw.height ?? 240).toBe(240);
  await viewer.ended();
  await publisher.end();
});

test('a viewer of another stack that comes before the publisher sees it when it comes', async () => {
  const viewer = start(stacks.view('Pion', `${server.address}/whep/early`));
  const publisher = start(stacks.publish('GStreamer', `${server.address}/whip/early`));
  const saw = await viewer.says<Saw>();
  expect(saw.frames).toBeGreaterThanOrEqual(45);
  await viewer.ended();
  await publisher.end();
});
