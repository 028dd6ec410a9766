import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latin1Bytes } from '../../src/bytes/index.js';
import { ATTRIBUTE, METHOD } from '../../src/stun/index.js';
import { type Attribute, channelData, dataText, relayed, TurnClient, UDP } from './turn-client.js';
import { address, TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const PEER = '192.0.2.7:7000';

function bound(stage = new TurnStage()) {
  const client = new TurnClient(stage, CLIENT).overTcp();
  const [mine] = client.allocate() as [string];
  client.bind(0x4000, PEER);
  stage.takeOperations();
  const hears = (data: string, peer = PEER) => {
    stage.fromPeer(peer, mine, latin1Bytes(data));
    return client.received().map(dataText);
  };
  return { stage, client, relayed: mine, hears };
}

test('a client over TCP does all that one over UDP does', () => {
  const { stage, client, relayed: mine, hears } = bound();
  expect(client.sendChannel(0x4000, 'abc')).toEqual([`${mine} > ${PEER}: abc`]);
  expect(client.send(PEER, 'abc')).toEqual([`${mine} > ${PEER}: abc`]);
  client.permit('192.0.2.8:1');
  for (const data of ['', 'a', 'ab', 'abc', 'abcd', 'x'.repeat(1_200)]) {
    expect(hears(data)).toEqual([`channel 4000: ${data}`]);
    expect(hears(data, '192.0.2.8:8')).toEqual([`192.0.2.8:8: ${data}`]);
  }
  stage.advance(600_000);
  expect(stage.server.sizes().allocations).toBe(0);
});

test('what comes for a stream within a batch is one write', () => {
  const { stage, relayed: mine } = bound();
  const rx = stage.rx(PEER, stage.portIx(mine), latin1Bytes('abc'));
  stage.act((tx) => {
    for (let count = 0; count < 10; count++) stage.server.packets(rx, stage.now, tx);
  });
  expect(stage.takeOperations()).toMatchObject([{ type: 'write', bytes: { length: 80 } }]);
});

test('messages come whole however the stream is cut', () => {
  const data = Array.from({ length: 6 }, (_, ix) => 'x'.repeat(ix * 7));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }), (cuts) => {
      const { stage, client, relayed: mine } = bound();
      const whole = Uint8Array.from(
        data.flatMap((text) => [...channelData(0x4000, text, true), ...client.sending(PEER, text)]),
      );
      let at = 0;
      for (let ix = 0; at < whole.length; ix++) {
        const next = at + cuts[ix % cuts.length]!;
        client.exchange(whole.slice(at, next));
        at = next;
      }
      expect(stage.take().map(({ to, bytes }) => [to, bytes.length])).toEqual(
        data.flatMap((text) => [
          [PEER, text.length],
          [PEER, text.length],
        ]),
      );
      expect(stage.server.counts().dropped).toEqual({});
      expect(mine).toBeTruthy();
    }),
    { numRuns: 30 },
  );
});

test('when the transmit table is full it is sent, and all that has come goes on', () => {
  const { stage, client } = bound(new TurnStage({}, 1, 4));
  const bytes = Uint8Array.from(
    Array.from({ length: 10 }, (_, ix) => [...channelData(0x4000, `${ix}`.repeat(400), true)]).flat(),
  );
  client.exchange(bytes);
  expect(stage.take().map((sent) => sent.bytes[0])).toEqual([...latin1Bytes('0123456789')]);
  expect(stage.server.counts().dropped).toEqual({});
});

test('what is too long for the transmit table is dropped and counted', () => {
  const { stage, client } = bound(new TurnStage({}, 1, 4));
  expect(client.sendChannel(0x4000, 'x'.repeat(6_001))).toEqual([]);
  expect(client.send(PEER, 'x'.repeat(6_001))).toEqual([]);
  expect(stage.server.counts().dropped).toEqual({ tx_full: 2 });
});

test('while a connection takes no more, data for it is dropped, but no answer', () => {
  const { stage, client, hears } = bound();
  stage.server.streams.setBlocked(client.stream!, true);
  expect(hears('x')).toEqual([]);
  expect(client.refresh().code).toBe(0);
  stage.server.streams.setBlocked(client.stream!, false);
  expect(hears('x')).toEqual(['channel 4000: x']);
  expect(stage.server.counts().dropped).toEqual({ slow_client: 1 });
});

test('when the connection is gone the allocation is gone at once', () => {
  const { stage, client, relayed: mine } = bound();
  stage.act(() => stage.server.streams.closed(client.stream!, stage.now));
  expect(stage.server.sizes()).toMatchObject({ allocations: 0, streams: 0, relays: 0, deadlines: 0, users: 0 });
  expect(stage.fromPeer(PEER, mine, latin1Bytes('x'))).toEqual([]);
  expect([stage.book.held, stage.openSockets]).toEqual([0, 0]);
});

describe('a stream is closed', () => {
  const open = (limits = {}) => {
    const stage = new TurnStage({ limits });
    const client = new TurnClient(stage, CLIENT).overTcp();
    return { stage, client };
  };

  test.each([
    ['HTTP, which begins like a long ChannelData', [...latin1Bytes('GET / HTTP/1.1\r\n\r\n')], 'too_long'],
    ['HTTP', [...latin1Bytes('POST / HTTP/1.1\r\n\r\n')], 'no_turn'],
    ['TLS', [0x16, 3, 1, 0, 200], 'no_turn'],
    ['one byte of something else', [0x80], 'no_turn'],
    ['a message without the cookie', [0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x43], 'no_turn'],
    ['a length that is no multiple of 4', [0, 1, 0, 2, 0x21, 0x12, 0xa4, 0x42], 'no_turn'],
    ['a long message of somebody unproven', [0, 3, 0x10, 0, 0x21, 0x12, 0xa4, 0x42], 'too_long'],
    ['long ChannelData of somebody unproven', [0x40, 0, 0x10, 0], 'too_long'],
  ])('for %s', (_what, bytes, reason) => {
    const { stage, client } = open();
    expect(client.exchange(Uint8Array.from(bytes))).toEqual([]);
    expect(stage.takeOperations()).toEqual([{ type: 'close-stream', stream: client.stream, reason }]);
    expect(stage.server.sizes()).toMatchObject({ streams: 0, deadlines: 0 });
  });

  test('after ten seconds without an allocation, and after its end', () => {
    const { stage, client } = open();
    stage.advance(9_999);
    client.allocate();
    stage.advance(600_000 - 1);
    stage.takeOperations();
    expect(stage.server.sizes().streams).toBe(1);
    stage.advance(1);
    stage.advance(9_999);
    expect(stage.server.sizes()).toMatchObject({ streams: 1, allocations: 0 });
    stage.advance(1);
    expect(stage.takeOperations().at(-1)).toEqual({ type: 'close-stream', stream: client.stream, reason: 'idle' });
  });

  test('a trickle of bytes does not keep it open', () => {
    const { stage, client } = open();
    for (let count = 0; count < 10; count++) {
      client.exchange(Uint8Array.of(0));
      stage.advance(1_000);
    }
    expect(stage.server.sizes().streams).toBe(0);
    expect(client.exchange(Uint8Array.of(0))).toEqual([]);
  });

  test('when there are too many, of one host or in all, a new one is not taken', () => {
    const stage = new TurnStage({ limits: { streams: 3, streamsPerHost: 2 } });
    const openAt = (host: string) => stage.act(() => stage.server.streams.open('tls', address(`${host}:1`), stage.now));
    expect([openAt('203.0.113.5'), openAt('203.0.113.5'), openAt('203.0.113.5')]).toEqual([1, 2, null]);
    expect([openAt('203.0.113.6'), openAt('203.0.113.7')]).toEqual([4, null]);
    stage.act(() => stage.server.streams.closed(1, stage.now));
    expect(openAt('203.0.113.5')).toBe(6);
    stage.advance(10_000);
    expect([stage.server.sizes().streams, openAt('203.0.113.5')]).toEqual([0, 7]);
  });
});

test('a message with a wrong length of an attribute is counted, and the stream goes on', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT).overTcp();
  const broken = client.plain(METHOD.ALLOCATE, [UDP]);
  broken[22] = 0xff;
  expect(client.exchange(broken)).toEqual([]);
  expect(stage.server.counts().dropped).toEqual({ stun_attribute: 1 });
  expect(relayed(client.ask(METHOD.ALLOCATE, UDP))).toHaveLength(1);
});

test('an allocation over TCP whose socket opens late is answered then', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT).overTcp();
  client.challenge();
  stage.isSlow = true;
  expect(client.exchange(client.signed(METHOD.ALLOCATE, [UDP]))).toEqual([]);
  const early: Attribute = [ATTRIBUTE.DATA, [1]];
  expect(client.exchange(client.plain(METHOD.SEND, [early], 0x10))).toEqual([]);
  stage.settle();
  expect(client.reply(client.received()).code).toBe(0);
});

describe('over DTLS', () => {
  test('each piece is one message, in both directions, with padding or without', () => {
    const stage = new TurnStage();
    const client = new TurnClient(stage, CLIENT).over('dtls');
    const [mine] = client.allocate() as [string];
    client.bind(0x4000, PEER);
    stage.takeOperations();
    client.exchange(channelData(0x4000, 'abcde'));
    client.exchange(channelData(0x4000, 'abcde', true));
    client.exchange(client.sending(PEER, 'abcde'));
    expect(stage.take().map(({ bytes }) => bytes.length)).toEqual([5, 5, 5]);
    const rx = stage.rx(PEER, stage.portIx(mine), latin1Bytes('abc'));
    stage.act((tx) => {
      for (let count = 0; count < 3; count++) stage.server.packets(rx, stage.now, tx);
    });
    const written = stage.takeOperations();
    expect(written.map((operation) => operation.type === 'write' && operation.bytes.length)).toEqual([8, 8, 8]);
    expect(written.map((operation) => operation.type === 'write' && dataText(operation.bytes))).toEqual([
      'channel 4000: abc',
      'channel 4000: abc',
      'channel 4000: abc',
    ]);
  });

  test('what is no message is dropped, and the session goes on', () => {
    const stage = new TurnStage();
    const client = new TurnClient(stage, CLIENT).over('dtls');
    client.allocate();
    stage.takeOperations();
    const pieces = [[], [0], [0x80, 1, 2, 3], [0x40, 0, 0, 9, 1], [0, 1, 0, 0, 1, 2, 3, 4], [0x16, 3, 1, 0]];
    for (const piece of pieces) expect(client.exchange(Uint8Array.from(piece))).toEqual([]);
    expect(stage.takeOperations()).toEqual([]);
    expect(stage.server.counts().dropped).toEqual({ no_turn: 4, malformed: 1, stun_short: 1 });
    expect(client.refresh().code).toBe(0);
  });

  test('a session without an allocation is closed after ten seconds', () => {
    const stage = new TurnStage();
    const client = new TurnClient(stage, CLIENT).over('dtls');
    stage.advance(10_000);
    expect(stage.takeOperations()).toEqual([{ type: 'close-stream', stream: client.stream, reason: 'idle' }]);
  });
});

test('DTLS on the port for datagrams goes to whom it is for, and is dropped without one', () => {
  const stage = new TurnStage();
  for (const first of [20, 63]) expect(stage.fromClient(CLIENT, Uint8Array.of(first))).toEqual([]);
  expect(stage.server.counts().dropped).toEqual({ no_turn: 2 });
  const seen: number[] = [];
  const other = new TurnStage({}, 1, 64, (bytes) => seen.push(bytes[0]!));
  for (const first of [3, 19, 20, 22, 63, 64, 80, 128]) other.fromClient(CLIENT, Uint8Array.of(first));
  expect(seen).toEqual([20, 22, 63]);
});
