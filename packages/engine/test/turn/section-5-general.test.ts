import { expect, test } from 'vitest';
import { latin1Bytes } from '../../src/bytes/index.js';
import { ATTRIBUTE, MESSAGE_CLASS, METHOD } from '../../src/stun/index.js';
import { channelData, channelNumber, lifetime, peerAddress, relayed, TurnClient, UDP } from './turn-client.js';
import { TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const PEER = '192.0.2.7:7000';

test.each([
  ['Refresh', METHOD.REFRESH, []],
  ['CreatePermission', METHOD.CREATE_PERMISSION, [peerAddress(PEER)]],
  ['ChannelBind', METHOD.CHANNEL_BIND, [channelNumber(0x4000), peerAddress(PEER)]],
  ['Connect', METHOD.CONNECT, [peerAddress(PEER)]],
] as const)('§5: %s on a 5-tuple without allocation is refused with 437', (_name, method, attributes) => {
  const client = new TurnClient(new TurnStage(), CLIENT);
  const reply = client.ask(method, ...attributes);
  expect([reply.code, client.isSigned(reply)]).toEqual([437, true]);
});

test('§5: indications and ChannelData on a 5-tuple without allocation are ignored', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT);
  expect(client.exchange(client.sending(PEER, 'hi'))).toEqual([]);
  expect(client.exchange(channelData(0x4000, 'hi'))).toEqual([]);
  expect(stage.server.counts().dropped).toEqual({ no_allocation: 2 });
});

test('§5: what is not a request gets no answer: responses, other indications, unknown methods', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT);
  client.allocate();
  const silent = [
    client.plain(METHOD.ALLOCATE, [UDP], MESSAGE_CLASS.SUCCESS),
    client.plain(METHOD.ALLOCATE, [UDP], MESSAGE_CLASS.ERROR),
    client.plain(METHOD.BINDING, [], MESSAGE_CLASS.INDICATION),
    client.plain(METHOD.DATA, [peerAddress(PEER), [ATTRIBUTE.DATA, []]], MESSAGE_CLASS.INDICATION),
    client.plain(0x0ff, []),
    client.plain(METHOD.SEND, []),
    client.signed(METHOD.DATA, []),
  ];
  for (const bytes of silent) expect(client.exchange(bytes)).toEqual([]);
  expect(stage.server.counts().dropped).toEqual({ no_request: 4, unknown_method: 3 });
});

test('§5: another user on the 5-tuple of an allocation is refused with 441', () => {
  const stage = new TurnStage();
  new TurnClient(stage, CLIENT, 'min').allocate();
  const other = new TurnClient(stage, CLIENT, 'mallory');
  expect(other.refresh(lifetime(0)).code).toBe(441);
  expect(other.permit(PEER)).toBe(441);
  expect(other.bind(0x4000, PEER)).toBe(441);
  expect(stage.server.sizes().allocations).toBe(1);
});

test('§5: the same Allocate request again gets the same answer, and makes nothing new', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT);
  client.challenge();
  const request = client.signed(METHOD.ALLOCATE, [UDP]);
  const first = client.exchange(request);
  stage.advance(2_000);
  expect(client.exchange(request)).toEqual(first);
  expect(stage.server.sizes()).toMatchObject({ allocations: 1, relays: 1 });
});

test('§5: the same request while its socket is being opened is not answered twice', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT);
  client.challenge();
  stage.isSlow = true;
  const request = client.signed(METHOD.ALLOCATE, [UDP]);
  expect(client.exchange(request)).toEqual([]);
  expect(client.exchange(request)).toEqual([]);
  stage.settle();
  const sent = stage.take();
  expect(sent.map(({ to }) => to)).toEqual([CLIENT]);
  expect(relayed(client.reply(sent.map(({ bytes }) => bytes)))).toHaveLength(1);
});

test('§5: a nonce lasts an hour; a request with an older one is refused with 438, and goes through with the new one', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT, 'min', 1e6);
  client.allocate(lifetime(3_600));
  stage.advance(3_599_000);
  expect(client.refresh(lifetime(3_600)).code).toBe(0);
  stage.advance(1_000);
  const stale = client.refresh();
  expect([stale.code, client.isSigned(stale)]).toEqual([438, false]);
  expect(stale.message.value(ATTRIBUTE.REALM)).toEqual(latin1Bytes('madang'));
  client.nonce = stale.message.value(ATTRIBUTE.NONCE)!.slice();
  expect(client.refresh().code).toBe(0);
  stage.advance(3_600_000);
  expect(stage.server.sizes().allocations).toBe(0);
});

test('§5: a nonce is good on the 5-tuple alone that it was given to', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT);
  client.challenge();
  for (const place of ['203.0.113.5:5001', '203.0.113.6:5000']) {
    const other = new TurnClient(stage, place);
    other.nonce = client.nonce;
    expect(other.ask(METHOD.ALLOCATE, UDP).code).toBe(438);
  }
  expect(client.ask(METHOD.ALLOCATE, UDP).code).toBe(0);
});

test('§5: a 5-tuple can be used again, also by another user, once its allocation is gone', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT, 'min');
  const [first] = client.allocate() as [string];
  client.permit(PEER);
  client.refresh(lifetime(0));
  const other = new TurnClient(stage, CLIENT, 'joon');
  const [second] = other.allocate() as [string];
  expect(second).not.toBe(first);
  expect(stage.fromPeer(PEER, second, latin1Bytes('for min?'))).toEqual([]);
});

test('RFC 8489 §6.3.1: a request with attributes that are not understood is refused with 420, which names them', () => {
  const client = new TurnClient(new TurnStage(), CLIENT);
  const reply = client.ask(METHOD.ALLOCATE, UDP, [0x7f01, [1]], [0xff01, [1]], [0x7f02, []]);
  expect(reply.code).toBe(420);
  expect(reply.message.unknownAttributes()).toEqual([0x7f01, 0x7f02]);
  expect(client.ask(METHOD.ALLOCATE, UDP, [0xff01, [1]]).code).toBe(0);
});
