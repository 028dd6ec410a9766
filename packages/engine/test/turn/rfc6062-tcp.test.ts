import { describe, expect, test } from 'vitest';
import { latin1Bytes, latin1Text, readU32 } from '../../src/bytes/index.js';
import { ATTRIBUTE, METHOD, readMessage } from '../../src/stun/index.js';
import { type Attribute, lifetime, peerAddress, TCP, TurnClient, u32 } from './turn-client.js';
import { address, addressText, TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const PEER = '192.0.2.7:7000';

function allocated(options = {}) {
  const stage = new TurnStage(options);
  const client = new TurnClient(stage, CLIENT).overTcp();
  client.allocate(TCP);
  const [bind] = stage.takeOperations();
  const relay = bind?.type === 'bind' ? bind.relay : -1;
  return { stage, client, relay };
}

const idOf = (bytes: Uint8Array) => {
  const message = readMessage(bytes);
  return typeof message === 'string' ? -1 : readU32(message.value(ATTRIBUTE.CONNECTION_ID)!, 0);
};

/** A connection that waits for its client, and its id. */
function connected() {
  const { stage, client, relay } = allocated();
  client.challenge(METHOD.REFRESH);
  expect(client.exchange(client.signed(METHOD.CONNECT, [peerAddress(PEER)]))).toEqual([]);
  const [operation] = stage.takeOperations();
  const connection = operation?.type === 'connect' ? operation.connection : -1;
  stage.act((tx) => stage.server.relays.connected(connection, stage.now, tx));
  expect(client.received().map(idOf)).toEqual([connection]);
  return { stage, client, relay, connection };
}

const bindTo = (client: TurnClient, connection: number) =>
  client.ask(METHOD.CONNECTION_BIND, u32(ATTRIBUTE.CONNECTION_ID, connection));

describe('§5.1: Allocate', () => {
  test('gives a TCP relay to a client that comes over TCP', () => {
    const stage = new TurnStage();
    const [relayed] = new TurnClient(stage, CLIENT).overTcp().allocate(TCP) as [string];
    expect(stage.takeOperations()[0]).toMatchObject({ type: 'bind', transport: 'tcp', address: address(relayed) });
  });

  test.each([
    ['DONT-FRAGMENT', [ATTRIBUTE.DONT_FRAGMENT, []]],
    ['EVEN-PORT', [ATTRIBUTE.EVEN_PORT, [0]]],
    ['RESERVATION-TOKEN', [ATTRIBUTE.RESERVATION_TOKEN, new Uint8Array(8)]],
  ] as [string, Attribute][])('with %s is refused with 400', (_name, attribute) => {
    const client = new TurnClient(new TurnStage(), CLIENT).overTcp();
    expect(client.ask(METHOD.ALLOCATE, TCP, attribute).code).toBe(400);
  });
});

describe('§5.2: Connect', () => {
  test('connects from the relayed address, and answers with an id', () => {
    const { stage, client, relay } = allocated();
    client.challenge(METHOD.REFRESH);
    client.exchange(client.signed(METHOD.CONNECT, [peerAddress(PEER)]));
    expect(stage.takeOperations()).toMatchObject([{ type: 'connect', relay, peer: address(PEER) }]);
  });

  test('with a connection that is being made, or is there, is refused with 446', () => {
    const { stage, client } = allocated();
    client.challenge(METHOD.REFRESH);
    client.exchange(client.signed(METHOD.CONNECT, [peerAddress(PEER)]));
    expect(client.ask(METHOD.CONNECT, peerAddress(PEER)).code).toBe(446);
    const there = connected();
    expect(there.client.ask(METHOD.CONNECT, peerAddress(PEER)).code).toBe(446);
    expect(stage.server.sizes().connections).toBe(1);
  });

  test.each([
    [400, 'without a peer', []],
    [400, 'with a malformed one', [[ATTRIBUTE.XOR_PEER_ADDRESS, [1]]]],
    [443, 'of another family', [peerAddress('[2001:db8::7]:7000')]],
    [403, 'that may be none', [peerAddress('127.0.0.1:7000')]],
    [403, 'on a port that may be none', [peerAddress('192.0.2.7:25')]],
  ] as [number, string, Attribute[]][])('%i: %s', (code, _what, attributes) => {
    expect(allocated().client.ask(METHOD.CONNECT, ...attributes).code).toBe(code);
  });

  test('on an allocation of UDP is refused with 400', () => {
    const client = new TurnClient(new TurnStage(), CLIENT).overTcp();
    client.allocate();
    expect(client.ask(METHOD.CONNECT, peerAddress(PEER)).code).toBe(400);
  });

  test('that fails is answered with 447', () => {
    const { stage, client } = allocated();
    client.challenge(METHOD.REFRESH);
    client.exchange(client.signed(METHOD.CONNECT, [peerAddress(PEER)]));
    const [operation] = stage.takeOperations();
    stage.act((tx) => stage.server.relays.connectFailed((operation as { connection: number }).connection, tx));
    expect(client.reply(client.received()).code).toBe(447);
    expect(stage.server.sizes().connections).toBe(0);
  });

  test('that gets no answer for 30 seconds is answered with 447', () => {
    const { stage, client } = allocated();
    client.challenge(METHOD.REFRESH);
    client.exchange(client.signed(METHOD.CONNECT, [peerAddress(PEER)]));
    stage.takeOperations();
    stage.advance(29_999);
    expect(stage.takeOperations()).toEqual([]);
    stage.advance(1);
    expect(client.reply(client.received()).code).toBe(447);
    expect(stage.takeOperations()).toMatchObject([{ type: 'close-connection' }]);
    const late = { connection: 12_345 };
    stage.act((tx) => stage.server.relays.connected(late.connection, stage.now, tx));
    expect(stage.takeOperations()).toEqual([{ type: 'close-connection', ...late }]);
  });

  test('a connection to which no client binds within 30 seconds is closed', () => {
    const { stage, connection } = connected();
    stage.advance(29_999);
    expect(stage.takeOperations()).toEqual([]);
    stage.advance(1);
    expect(stage.takeOperations()).toEqual([{ type: 'close-connection', connection }]);
  });

  test('one allocation has at most 64 connections', () => {
    const { client } = allocated();
    client.challenge(METHOD.REFRESH);
    for (let ix = 0; ix < 64; ix++)
      client.exchange(client.signed(METHOD.CONNECT, [peerAddress(`192.0.2.7:${7_000 + ix}`)]));
    expect(client.ask(METHOD.CONNECT, peerAddress('192.0.2.8:7000')).code).toBe(508);
  });
});

describe('§5.3: a peer connects', () => {
  test('with a permission the client hears of it', () => {
    const { stage, client, relay } = allocated();
    client.permit(PEER);
    const id = stage.act((tx) => stage.server.relays.peerConnected(relay, address(PEER), stage.now, tx));
    const [bytes] = client.received() as [Uint8Array];
    const message = readMessage(bytes);
    if (typeof message === 'string') throw new Error(message);
    expect([message.method, addressText(message.xorAddress(ATTRIBUTE.XOR_PEER_ADDRESS)!), idOf(bytes)]).toEqual([
      METHOD.CONNECTION_ATTEMPT,
      PEER,
      id,
    ]);
  });

  test('without one the connection is closed, and the client hears nothing', () => {
    const { stage, client, relay } = allocated();
    expect(stage.act((tx) => stage.server.relays.peerConnected(relay, address(PEER), stage.now, tx))).toBeNull();
    expect(client.received()).toEqual([]);
  });
});

describe('§5.4: ConnectionBind', () => {
  test('joins the connections, and what comes behind the request goes to the peer', () => {
    const { stage, connection } = connected();
    const second = new TurnClient(stage, '203.0.113.5:5001').overTcp();
    second.challenge(METHOD.CONNECTION_BIND);
    stage.takeOperations();
    const request = second.signed(METHOD.CONNECTION_BIND, [u32(ATTRIBUTE.CONNECTION_ID, connection)]);
    const [answered] = second.exchange(Uint8Array.from([...request, ...latin1Bytes('GET /')]));
    expect(second.reply([answered!]).code).toBe(0);
    const [join] = stage.takeOperations();
    expect(join).toMatchObject({ type: 'join', stream: second.stream, connection });
    expect(join?.type === 'join' && latin1Text(join.early)).toBe('GET /');
    stage.advance(60_000);
    expect(stage.server.sizes()).toMatchObject({ connections: 1, streams: 2 });
  });

  test.each([
    ['without an id', () => []],
    ['with a malformed id', () => [[ATTRIBUTE.CONNECTION_ID, [1, 2]]]],
    ['with an id of no connection', (connection: number) => [u32(ATTRIBUTE.CONNECTION_ID, connection ^ 1)]],
  ] as [string, (connection: number) => Attribute[]][])('%s is refused with 400', (_what, attributes) => {
    const { stage, connection } = connected();
    const second = new TurnClient(stage, '203.0.113.5:5001').overTcp();
    expect(second.ask(METHOD.CONNECTION_BIND, ...attributes(connection)).code).toBe(400);
  });

  test('over UDP, where an allocation is ruled from, and a second time it is refused with 400', () => {
    const { stage, client, connection } = connected();
    expect(bindTo(new TurnClient(stage, '203.0.113.5:5001'), connection).code).toBe(400);
    expect(bindTo(client, connection).code).toBe(400);
    expect(bindTo(new TurnClient(stage, '203.0.113.5:5002').overTcp(), connection).code).toBe(0);
    expect(bindTo(new TurnClient(stage, '203.0.113.5:5003').overTcp(), connection).code).toBe(400);
  });

  test('by another user is refused with 441', () => {
    const { stage, connection } = connected();
    expect(bindTo(new TurnClient(stage, '203.0.113.5:5001', 'mallory').overTcp(), connection).code).toBe(441);
  });
});

describe('§5.5: the end of a connection', () => {
  function joined() {
    const { stage, client, connection } = connected();
    const second = new TurnClient(stage, '203.0.113.5:5001').overTcp();
    bindTo(second, connection);
    stage.takeOperations();
    const closings = [
      { type: 'close-connection', connection },
      { type: 'close-stream', stream: second.stream, reason: 'peer_closed' },
    ];
    return { stage, client, second, connection, closings };
  }

  test('when the peer closes, the client’s is closed', () => {
    const { stage, connection, closings } = joined();
    stage.act(() => stage.server.relays.peerClosed(connection, stage.now));
    expect(stage.takeOperations()).toEqual(closings);
    expect(stage.server.sizes()).toMatchObject({ connections: 0, streams: 1 });
  });

  test('when the client closes, the peer’s is closed', () => {
    const { stage, second, closings } = joined();
    stage.act(() => stage.server.streams.closed(second.stream!, stage.now));
    expect(stage.takeOperations()).toEqual(closings.slice(0, 1));
  });

  test('when the allocation ends, both are closed', () => {
    const { stage, client, closings } = joined();
    client.refresh(lifetime(0));
    const ended = closings.map((closing) =>
      'reason' in closing ? { ...closing, reason: 'allocation_ended' } : closing,
    );
    expect(stage.takeOperations().filter(({ type }) => type !== 'unbind')).toEqual(ended);
  });
});

test('channels and Send indications are none of a TCP relay’s', () => {
  const { client } = allocated();
  client.permit(PEER);
  expect(client.bind(0x4000, PEER)).toBe(403);
  expect(client.send(PEER, 'x')).toEqual([]);
});
