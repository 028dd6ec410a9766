import { expect, test } from 'vitest';
import { latin1Bytes } from '../../src/bytes/index.js';
import { ATTRIBUTE } from '../../src/stun/index.js';
import { type Attribute, lifetime, lifetimeOf, TurnClient } from './turn-client.js';
import { TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const PEER4 = '192.0.2.7:7000';
const PEER6 = '[2001:db8:0:0:0:0:0:7]:7000';
const family = (number: number): Attribute => [ATTRIBUTE.REQUESTED_ADDRESS_FAMILY, [number, 0, 0, 0]];
const BOTH: Attribute = [ATTRIBUTE.ADDITIONAL_ADDRESS_FAMILY, [2, 0, 0, 0]];

function allocated(...attributes: Attribute[]) {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT);
  return { stage, client, relayed: client.allocate(...attributes) as [string, string] };
}

test('§8.2: an allocation lives for its lifetime after the last refresh, not less and not more', () => {
  const { stage, client } = allocated();
  stage.advance(599_999);
  expect(client.refresh().code).toBe(0);
  stage.advance(599_999);
  expect(client.permit(PEER4)).toBe(0);
  stage.advance(1);
  expect(client.refresh().code).toBe(437);
  expect(stage.server.counts().ended).toEqual({ expired: 1 });
});

test('§8.2: an allocation that has expired is gone, also before the timer was looked at', () => {
  const { stage, client, relayed } = allocated();
  client.permit(PEER4);
  client.bind(0x4000, PEER4);
  stage.now += 600_000;
  expect(stage.fromPeer(PEER4, relayed[0], latin1Bytes('x'))).toEqual([]);
  expect(client.sendChannel(0x4000, 'x')).toEqual([]);
  expect(client.send(PEER4, 'x')).toEqual([]);
  expect(client.refresh().code).toBe(437);
});

test.each([
  [600, []],
  [600, [lifetime(1)]],
  [1_800, [lifetime(1_800)]],
  [3_600, [lifetime(7_200)]],
] as [number, Attribute[]][])('§8.2: the desired lifetime is %i seconds %#', (seconds, attributes) => {
  const { stage, client } = allocated();
  const reply = client.refresh(...attributes);
  expect([reply.code, lifetimeOf(reply)]).toEqual([0, seconds]);
  stage.advance(1_000 * seconds - 1);
  expect(stage.server.sizes().allocations).toBe(1);
  stage.advance(1);
  expect(stage.server.sizes().allocations).toBe(0);
});

test('§8.2: a lifetime of zero deletes the allocation and all that is in it', () => {
  const { stage, client } = allocated();
  client.permit(PEER4, '192.0.2.8:1');
  client.bind(0x4000, PEER4);
  const reply = client.refresh(lifetime(0));
  expect([reply.code, lifetimeOf(reply), client.isSigned(reply)]).toEqual([0, 0, true]);
  expect(stage.server.sizes()).toMatchObject({ allocations: 0, users: 0, relays: 0, deadlines: 0 });
  expect([stage.book.held, stage.openSockets]).toEqual([0, 0]);
  expect(client.refresh(lifetime(0)).code).toBe(437);
});

test('§8.2: a family that the allocation does not have is refused with 443', () => {
  const { client } = allocated();
  expect(client.refresh(family(2)).code).toBe(443);
  expect(client.refresh(family(3)).code).toBe(443);
  expect(client.refresh(family(1)).code).toBe(0);
  expect(client.refresh([ATTRIBUTE.REQUESTED_ADDRESS_FAMILY, [1]]).code).toBe(400);
});

test('§8.2: a malformed LIFETIME is refused with 400 and changes nothing', () => {
  const { stage, client } = allocated();
  expect(client.refresh([ATTRIBUTE.LIFETIME, [0, 0]]).code).toBe(400);
  expect(stage.server.sizes().allocations).toBe(1);
});

test('§8.1: of a dual allocation one family can be deleted, and the other goes on', () => {
  const { stage, client, relayed } = allocated(BOTH);
  expect(client.permit(PEER4, PEER6)).toBe(0);
  expect(client.bind(0x4000, PEER4)).toBe(0);
  expect(client.bind(0x4001, PEER6)).toBe(0);
  expect(client.refresh(lifetime(0), family(1)).code).toBe(0);
  expect(client.sendChannel(0x4000, 'x')).toEqual([]);
  expect(client.sendChannel(0x4001, 'x')).toEqual([`${relayed[1]} > ${PEER6}: x`]);
  expect(stage.fromPeer(PEER4, relayed[0], latin1Bytes('x'))).toEqual([]);
  expect(stage.fromPeer(PEER6, relayed[1], latin1Bytes('x'))).toHaveLength(1);
  expect(client.permit(PEER4)).toBe(443);
  expect(client.refresh(lifetime(0)).code).toBe(0);
  expect([stage.server.sizes().allocations, stage.book.held]).toEqual([0, 0]);
});

test('§8.1: of a dual allocation one family can be refreshed, and the other expires', () => {
  const { stage, client } = allocated(BOTH);
  stage.advance(500_000);
  expect(client.refresh(family(2)).code).toBe(0);
  stage.advance(100_000);
  expect([stage.openSockets, client.permit(PEER4), client.permit(PEER6)]).toEqual([1, 443, 0]);
  stage.advance(500_000);
  expect(stage.server.sizes()).toMatchObject({ allocations: 0, deadlines: 0 });
});
