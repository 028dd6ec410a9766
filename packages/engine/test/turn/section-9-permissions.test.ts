import { expect, test } from 'vitest';
import { latin1Bytes } from '../../src/bytes/index.js';
import { dataText, TurnClient } from './turn-client.js';
import { TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const PEER = '192.0.2.7:7000';

function permitted() {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT);
  const [relayed] = client.allocate() as [string];
  expect(client.permit(PEER)).toBe(0);
  const hears = (peer = PEER) =>
    stage.fromPeer(peer, relayed, latin1Bytes('hello')).map(({ bytes }) => dataText(bytes));
  return { stage, client, relayed, hears };
}

test('§9: a permission lasts 300 seconds, not less and not more', () => {
  const { stage, client, relayed, hears } = permitted();
  stage.advance(299_999);
  expect(hears()).toEqual([`${PEER}: hello`]);
  expect(client.send(PEER, 'hi')).toEqual([`${relayed} > ${PEER}: hi`]);
  stage.advance(1);
  expect(hears()).toEqual([]);
  expect(client.send(PEER, 'hi')).toEqual([]);
  expect(stage.server.counts().dropped.no_permission).toBe(2);
});

test('§9: the time is what counts, whether the timer was looked at or not', () => {
  const { stage, hears } = permitted();
  stage.now += 300_000;
  expect(hears()).toEqual([]);
});

test('§9: a permission that is refreshed lasts another 300 seconds', () => {
  const { stage, client, hears } = permitted();
  stage.advance(200_000);
  expect(client.permit(PEER)).toBe(0);
  stage.advance(299_999);
  expect(hears()).toHaveLength(1);
  stage.advance(1);
  expect(hears()).toEqual([]);
});

test('§9: data of neither direction refreshes a permission', () => {
  const { stage, client, hears } = permitted();
  stage.advance(200_000);
  hears();
  client.send(PEER, 'hi');
  stage.advance(100_000);
  expect(hears()).toEqual([]);
});

test('§9: a permission is for the host, whatever its port', () => {
  const { hears } = permitted();
  expect(hears('192.0.2.7:1')).toEqual(['192.0.2.7:1: hello']);
  expect(hears('192.0.2.8:7000')).toEqual([]);
});

test('§9: permissions of one allocation are none of another', () => {
  const { stage, client } = permitted();
  const other = new TurnClient(stage, '203.0.113.5:5001');
  const [theirs] = other.allocate() as [string];
  expect(stage.fromPeer(PEER, theirs, latin1Bytes('x'))).toEqual([]);
  expect(other.send(PEER, 'x')).toEqual([]);
  expect(client.send(PEER, 'x')).toHaveLength(1);
});

test('a permission that has expired is forgotten, and can be made again', () => {
  const { stage, client, hears } = permitted();
  stage.advance(400_000);
  expect(client.permit(PEER)).toBe(0);
  expect(hears()).toHaveLength(1);
});
