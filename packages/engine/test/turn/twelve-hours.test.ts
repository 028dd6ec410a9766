import { SeededRandom } from '@madang/testkit';
import { expect, test } from 'vitest';
import { latin1Bytes } from '../../src/bytes/index.js';
import { ATTRIBUTE } from '../../src/stun/index.js';
import { lifetime, TurnClient } from './turn-client.js';
import { NOTHING_LEFT, TurnStage } from './turn-stage.js';

const HOUR_MS = 3_600_000;
const CLIENTS = 1_000;
const SEED = 12;

/** Keeps one allocation fresh for a while, with permissions and channels, and then leaves in one of three ways. */
function live(stage: TurnStage, random: SeededRandom, ix: number): void {
  const client = new TurnClient(
    stage,
    `203.0.${113 + (ix >> 8)}.${ix & 255}:${1_024 + random.below(60_000)}`,
    `member-${ix % 300}`,
  );
  if (random.chance(0.2)) client.overTcp();
  const isDual = random.chance(0.1);
  const isReserving = !isDual && random.chance(0.1);
  const [relayed] = client.allocate(
    lifetime(600 + random.below(3_000)),
    ...(isDual ? [[ATTRIBUTE.ADDITIONAL_ADDRESS_FAMILY, [2, 0, 0, 0]] as const] : []),
    ...(isReserving ? [[ATTRIBUTE.EVEN_PORT, [0x80]] as const] : []),
  ) as [string];
  for (let count = random.below(4); count >= 0; count--) {
    const peer = `192.0.2.${1 + random.below(40)}:${2_000 + random.below(4)}`;
    if (random.chance(0.5)) client.permit(peer);
    if (random.chance(0.5)) client.bind(0x4000 + random.below(6), peer);
    stage.fromPeer(peer, relayed, latin1Bytes('data'));
    if (client.stream !== null) client.received();
  }
  const end = random.below(3);
  if (end === 0) client.refresh(lifetime(0));
  if (end === 1 && client.stream !== null)
    stage.act(() => stage.server.streams.closed(client.stream as number, stage.now));
}

test('twelve hours with 1,000 allocations leave nothing behind', { timeout: 120_000 }, () => {
  const random = new SeededRandom(SEED);
  const stage = new TurnStage({ limits: { allocationsPerUser: 50 } }, SEED);
  for (let ix = 0; ix < CLIENTS; ix++) {
    live(stage, random, ix);
    stage.take();
    stage.takeOperations();
    stage.advance((11 * HOUR_MS) / CLIENTS);
  }
  expect(stage.server.sizes().allocations).toBeGreaterThan(10);
  stage.advance(HOUR_MS);
  expect(stage.server.sizes()).toEqual(NOTHING_LEFT);
  expect([stage.openSockets, stage.book.held, stage.server.nextAt()]).toEqual([0, 0, null]);
  const { ended } = stage.server.counts();
  const sum = Object.values(ended).reduce((total, count) => total + count, 0);
  expect(sum).toBe(CLIENTS);
  expect(ended).toMatchObject({
    expired: expect.any(Number),
    deleted: expect.any(Number),
    stream_closed: expect.any(Number),
  });
});
