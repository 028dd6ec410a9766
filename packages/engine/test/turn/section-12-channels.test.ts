import { expect, test } from 'vitest';
import { latin1Bytes } from '../../src/bytes/index.js';
import { ATTRIBUTE, METHOD } from '../../src/stun/index.js';
import { channelData, channelNumber, dataText, peerAddress, TurnClient } from './turn-client.js';
import { TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const PEER = '192.0.2.7:7000';
const OTHER = '192.0.2.8:8000';

function allocated(options = {}) {
  const stage = new TurnStage(options);
  const client = new TurnClient(stage, CLIENT);
  const [relayed] = client.allocate() as [string];
  const hears = (peer = PEER) =>
    stage.fromPeer(peer, relayed, latin1Bytes('hello')).map(({ bytes }) => dataText(bytes));
  return { stage, client, relayed, hears };
}

test('§12.2: both attributes are needed, well formed', () => {
  const { client } = allocated();
  expect(client.ask(METHOD.CHANNEL_BIND, channelNumber(0x4000)).code).toBe(400);
  expect(client.ask(METHOD.CHANNEL_BIND, peerAddress(PEER)).code).toBe(400);
  expect(client.ask(METHOD.CHANNEL_BIND, [ATTRIBUTE.CHANNEL_NUMBER, [0x40, 0]], peerAddress(PEER)).code).toBe(400);
});

test.each([
  [0x3fff, 400],
  [0x4000, 0],
  [0x4fff, 0],
  [0x5000, 400],
  [0xffff, 400],
  [0, 400],
])('§12.2: channel %i is answered with %i', (number, code) => {
  expect(allocated().client.bind(number, PEER)).toBe(code);
});

test('§12.2: a number that is bound cannot be bound to another peer, nor a peer to another number', () => {
  const { stage, client } = allocated();
  expect(client.bind(0x4000, PEER)).toBe(0);
  expect(client.bind(0x4000, OTHER)).toBe(400);
  expect(client.bind(0x4000, '192.0.2.7:7001')).toBe(400);
  expect(client.bind(0x4001, PEER)).toBe(400);
  expect(client.bind(0x4000, PEER)).toBe(0);
  expect(client.bind(0x4001, '192.0.2.7:7001')).toBe(0);
  expect(stage.book.held).toBe(3);
});

test('§12: a binding lasts 600 seconds, not less and not more; then number and peer are free', () => {
  const { stage, client, relayed, hears } = allocated();
  client.refresh([ATTRIBUTE.LIFETIME, [0, 0, 0x0e, 0x10]]);
  client.bind(0x4000, PEER);
  stage.advance(300_000);
  client.permit(PEER);
  stage.advance(299_999);
  expect(client.bind(0x4001, PEER)).toBe(400);
  expect(client.bind(0x4000, OTHER)).toBe(400);
  expect(client.sendChannel(0x4000, 'hi')).toEqual([`${relayed} > ${PEER}: hi`]);
  client.permit(PEER);
  expect(hears()).toEqual(['channel 4000: hello']);
  stage.advance(1);
  expect(client.sendChannel(0x4000, 'hi')).toEqual([]);
  expect(hears()).toEqual([`${PEER}: hello`]);
  expect(client.bind(0x4000, OTHER)).toBe(0);
  expect(client.bind(0x4001, PEER)).toBe(0);
});

test('§12: a binding that is refreshed lasts another 600 seconds', () => {
  const { stage, client } = allocated();
  client.refresh([ATTRIBUTE.LIFETIME, [0, 0, 0x0e, 0x10]]);
  client.bind(0x4000, PEER);
  stage.advance(500_000);
  expect(client.bind(0x4000, PEER)).toBe(0);
  stage.advance(299_999);
  expect(client.sendChannel(0x4000, 'hi')).toHaveLength(1);
  client.permit(PEER);
  stage.advance(299_999);
  expect(client.sendChannel(0x4000, 'hi')).toHaveLength(1);
  stage.advance(2);
  expect(client.sendChannel(0x4000, 'hi')).toEqual([]);
});

test('§12.1: binding gives the peer a permission of 300 seconds, which a channel does not outlast', () => {
  const { stage, client, hears } = allocated();
  client.bind(0x4000, PEER);
  expect(hears()).toEqual(['channel 4000: hello']);
  stage.advance(299_999);
  expect(hears()).toEqual(['channel 4000: hello']);
  stage.advance(1);
  expect([hears(), client.sendChannel(0x4000, 'hi')]).toEqual([[], []]);
  client.permit(PEER);
  expect([hears(), client.sendChannel(0x4000, 'hi').length]).toEqual([['channel 4000: hello'], 1]);
});

test('§12.2: a peer of another family is refused with 443, one that may be none with 403', () => {
  const { stage, client } = allocated();
  expect(client.bind(0x4000, '[2001:db8::7]:7000')).toBe(443);
  expect(client.bind(0x4000, '10.0.0.1:7000')).toBe(403);
  expect(client.bind(0x4000, '192.0.2.7:22')).toBe(403);
  expect(client.bind(0x4000, '192.0.2.7:0')).toBe(403);
  expect(stage.server.counts().dropped).toMatchObject({ peer_range: 1, peer_port: 2 });
});

test('§12.2: more channels than an allocation may have are refused with 508', () => {
  const { client } = allocated({ limits: { channels: 2 } });
  expect([0x4000, 0x4001, 0x4002].map((number) => client.bind(number, `192.0.2.7:${number}`))).toEqual([0, 0, 508]);
  expect(client.bind(0x4001, '192.0.2.7:16385')).toBe(0);
});

test('§12.2: when no more addresses can be held the answer is 508', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT);
  client.allocate();
  for (let ix = 0; stage.book.enter(4, 1, ix, 0, 0, 0) >= 0; ix++) stage.book.hold(stage.book.enter(4, 1, ix, 0, 0, 0));
  expect(client.bind(0x4000, PEER)).toBe(508);
});

test('§12.5: the server uses the channel once it is bound, and a Data indication for every other peer', () => {
  const { client, hears } = allocated();
  client.permit(OTHER);
  client.bind(0x4000, PEER);
  expect([hears(PEER), hears(OTHER), hears('192.0.2.7:1')]).toEqual([
    ['channel 4000: hello'],
    [`${OTHER}: hello`],
    ['192.0.2.7:1: hello'],
  ]);
});

test('§12.6: ChannelData goes to the peer, whatever its length, also with bytes behind it', () => {
  const { stage, client, relayed } = allocated();
  client.bind(0x4000, PEER);
  for (const data of ['', 'a', 'abc', 'abcd', 'x'.repeat(1_400)]) {
    expect(client.sendChannel(0x4000, data)).toEqual([`${relayed} > ${PEER}: ${data}`]);
  }
  const padded = Uint8Array.from([...channelData(0x4000, 'abc'), 0]);
  expect(stage.fromClient(CLIENT, padded).map(({ bytes }) => bytes)).toEqual([latin1Bytes('abc')]);
});

test.each([
  ['that says it is longer than its datagram', [0x40, 0, 0, 3, 1, 2], 'malformed'],
  ['shorter than its header', [0x40, 0, 0], 'malformed'],
  ['on a channel that is not bound', [0x40, 1, 0, 0], 'no_channel'],
  ['of a reserved number', [0x50, 0, 0, 0], 'no_turn'],
  ['of a reserved number', [0xff, 0xff, 0, 0], 'no_turn'],
])('§12.6: ChannelData %s is discarded', (_what, bytes, reason) => {
  const { stage, client } = allocated();
  client.bind(0x4000, PEER);
  expect(stage.fromClient(CLIENT, Uint8Array.from(bytes))).toEqual([]);
  expect(stage.server.counts().dropped).toEqual({ [reason]: 1 });
});

test('§12.6: ChannelData refreshes neither the binding nor the permission', () => {
  const { stage, client } = allocated();
  client.bind(0x4000, PEER);
  stage.advance(200_000);
  expect(client.sendChannel(0x4000, 'hi')).toHaveLength(1);
  stage.advance(100_000);
  expect(client.sendChannel(0x4000, 'hi')).toEqual([]);
});

test('§12.7: data from the peer comes by the channel, without a copy of its own bytes', () => {
  const { stage, client, relayed } = allocated();
  client.bind(0x4000, PEER);
  for (const length of [0, 1, 3, 1_200]) {
    const [sent] = stage.fromPeer(PEER, relayed, new Uint8Array(length).fill(7));
    expect([sent!.to, sent!.bytes.length]).toEqual([CLIENT, 4 + length]);
  }
});

test('numbers that RFC 5766 had are channels too where that is switched on', () => {
  const { stage, client, relayed, hears } = allocated({ oldChannels: true });
  expect([client.bind(0x7fff, PEER), client.bind(0x8000, OTHER)]).toEqual([0, 400]);
  expect(client.sendChannel(0x7fff, 'hi')).toEqual([`${relayed} > ${PEER}: hi`]);
  expect(hears()).toEqual(['channel 7fff: hello']);
  const second = new TurnClient(stage, '203.0.113.9:1').overTcp();
  const [theirs] = second.allocate() as [string];
  second.bind(0x5000, PEER);
  expect(second.sendChannel(0x5000, 'hi')).toEqual([`${theirs} > ${PEER}: hi`]);
});

test('two clients reach each other by their relayed addresses', () => {
  const stage = new TurnStage();
  const [min, joon] = [new TurnClient(stage, CLIENT, 'min'), new TurnClient(stage, '203.0.113.6:6000', 'joon')];
  const [mine] = min.allocate() as [string];
  const [theirs] = joon.allocate() as [string];
  expect([min.permit(theirs), joon.permit(mine), min.bind(0x4000, theirs)]).toEqual([0, 0, 0]);
  const [sent] = min.stage.fromClient(CLIENT, channelData(0x4000, 'hi'));
  expect([sent!.from, sent!.to]).toEqual([mine, theirs]);
  expect(stage.fromPeer(sent!.from, sent!.to, sent!.bytes).map(({ to, bytes }) => [to, dataText(bytes)])).toEqual([
    ['203.0.113.6:6000', `${mine}: hi`],
  ]);
});
