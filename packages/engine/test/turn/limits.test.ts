import { describe, expect, test } from 'vitest';
import { latin1Bytes } from '../../src/bytes/index.js';
import { ATTRIBUTE, METHOD } from '../../src/stun/index.js';
import { type Attribute, channelData, peerAddress, TurnClient, UDP } from './turn-client.js';
import { NOTHING_LEFT, TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const CLIENT6 = '[2a00:1:2:3:0:0:0:5]:5000';
const PEER = '192.0.2.7:7000';

describe('amplification', () => {
  const factor = (at: string, method: number, attributes: Attribute[]) => {
    const stage = new TurnStage();
    const bytes = new TurnClient(stage, at).plain(method, attributes);
    const answers = stage.fromClient(at, bytes);
    return answers.reduce((sum, sent) => sum + sent.bytes.length, 0) / bytes.length;
  };

  test('one Binding response is 1.6 times a bare request over IPv4, and over IPv6 no more than RFC 8489 wants', () => {
    expect(factor(CLIENT, METHOD.BINDING, [])).toBe(32 / 20);
    expect(factor(CLIENT6, METHOD.BINDING, [])).toBe(44 / 20);
  });

  test.each([1, 10, 50, 1_000])(
    'of %i bare requests a second no more than twice their bytes come back',
    (perSecond) => {
      for (const at of [CLIENT, CLIENT6]) {
        const stage = new TurnStage({ limits: { unprovenPerSecond: 10_000 } });
        const client = new TurnClient(stage, at);
        let [asked, answered] = [0, 0];
        for (let count = 0; count < 20_000; count++) {
          const request = client.plain(METHOD.BINDING, []);
          asked += request.length;
          for (const sent of stage.fromClient(at, request)) answered += sent.bytes.length;
          stage.now += 1_000 / perSecond;
        }
        const seconds = stage.now / 1_000;
        expect(answered).toBeLessThanOrEqual(2 * asked + 256 + 4 * seconds);
        expect(answered).toBeGreaterThan(1.5 * asked);
      }
    },
  );

  test('over IPv6 who asks now and then always has an answer, and 64 times at once', () => {
    const stage = new TurnStage();
    const client = new TurnClient(stage, CLIENT6);
    const asks = () => stage.fromClient(CLIENT6, client.plain(METHOD.BINDING, [])).length;
    for (let count = 0; count < 64; count++) expect(asks()).toBe(1);
    expect(asks()).toBe(0);
    for (let count = 0; count < 1_000; count++) {
      stage.now += 1_000;
      expect(asks()).toBe(1);
    }
  });

  test.each([
    METHOD.ALLOCATE,
    METHOD.REFRESH,
    METHOD.CREATE_PERMISSION,
    METHOD.CHANNEL_BIND,
    METHOD.CONNECT,
    METHOD.CONNECTION_BIND,
  ])('an error to somebody unproven is at most 3.6 times its request (method %i)', (method) => {
    for (const at of [CLIENT, CLIENT6]) {
      for (const attributes of [
        [],
        [UDP],
        [UDP, [ATTRIBUTE.DONT_FRAGMENT, []]],
        [peerAddress(PEER)],
      ] as Attribute[][]) {
        const times = factor(at, method, attributes);
        expect(times).toBeGreaterThan(1);
        expect(times).toBeLessThanOrEqual(3.6);
      }
    }
  });

  test('a request too short for all that a proof needs gets what fits; with it a client still comes in', () => {
    const stage = new TurnStage();
    const client = new TurnClient(stage, CLIENT);
    const brief = client.reply(client.exchange(client.plain(METHOD.ALLOCATE, [])));
    expect([brief.code, brief.message.has(ATTRIBUTE.PASSWORD_ALGORITHMS)]).toEqual([401, false]);
    client.nonce = brief.message.value(ATTRIBUTE.NONCE)!.slice();
    const stale = client.ask(METHOD.ALLOCATE, UDP);
    expect([stale.code, stale.message.has(ATTRIBUTE.PASSWORD_ALGORITHMS)]).toEqual([438, true]);
    client.nonce = stale.message.value(ATTRIBUTE.NONCE)!.slice();
    expect(client.ask(METHOD.ALLOCATE, UDP).code).toBe(0);
  });
});

describe('the limit of answers to the unproven', () => {
  test('a flood from one address, be it a forged one, gets no more than its share', () => {
    const stage = new TurnStage({ limits: { unprovenPerSecond: 50 } });
    const client = new TurnClient(stage, CLIENT);
    const request = client.plain(METHOD.ALLOCATE, [UDP]);
    let answers = 0;
    for (let count = 0; count < 10_000; count++) {
      answers += stage.fromClient(`203.0.113.5:${1 + (count % 60_000)}`, request).length;
      stage.now += 1;
    }
    expect(answers).toBeGreaterThan(500);
    expect(answers).toBeLessThanOrEqual(100 + 500);
    expect(stage.server.counts().dropped.unproven_limit).toBe(10_000 - answers);
  });

  test('others are answered meanwhile, and requests that prove themselves are not counted', () => {
    const stage = new TurnStage({ limits: { unprovenPerSecond: 10 } });
    const flooder = new TurnClient(stage, CLIENT);
    flooder.allocate();
    for (let count = 0; count < 100; count++) stage.fromClient('203.0.113.5:9', flooder.plain(METHOD.BINDING, []));
    expect(stage.fromClient('203.0.113.5:9', flooder.plain(METHOD.BINDING, []))).toEqual([]);
    expect(new TurnClient(stage, '198.51.100.1:1').challenge().code).toBe(401);
    for (let count = 0; count < 100; count++) expect(flooder.refresh().code).toBe(0);
  });

  test('addresses of one IPv6 subscriber share theirs', () => {
    const stage = new TurnStage({ limits: { unprovenPerSecond: 10 } });
    const request = new TurnClient(stage, CLIENT6).plain(METHOD.BINDING, []);
    let answers = 0;
    for (let count = 1; count <= 100; count++)
      answers += stage.fromClient(`[2a00:1:2:3::${count.toString(16)}]:1`, request).length;
    expect(answers).toBe(20);
  });

  test('requests from a great many addresses leave nothing behind', () => {
    const stage = new TurnStage();
    const request = new TurnClient(stage, CLIENT).plain(METHOD.ALLOCATE, [UDP]);
    for (let count = 0; count < 5_000; count++) stage.fromClient(`203.${count & 255}.${count >> 8}.1:7`, request);
    expect(stage.server.sizes()).toEqual(NOTHING_LEFT);
    expect(stage.book.held).toBe(0);
  });
});

describe('bandwidth', () => {
  const flow = (limits: object, clients: number) => {
    const stage = new TurnStage({ limits });
    const all = Array.from({ length: clients }, (_, ix) => new TurnClient(stage, `203.0.113.5:${ix + 1}`));
    for (const client of all) {
      client.allocate();
      client.bind(0x4000, PEER);
    }
    const data = channelData(0x4000, 'x'.repeat(1_000));
    let bytes = 0;
    for (let ms = 0; ms < 10_000; ms += 5) {
      for (const client of all) bytes += stage.fromClient(client.at, data).length * 1_000;
      stage.advance(5);
    }
    return { bytes, stage };
  };

  test('an allocation passes what it may, within a tenth, and the rest is dropped', () => {
    const { bytes, stage } = flow({ allocationBytesPerSecond: 20_000 }, 1);
    expect(bytes).toBeGreaterThan(180_000);
    expect(bytes).toBeLessThan(220_000);
    expect(stage.server.counts().dropped.bandwidth).toBeGreaterThan(1_700);
  });

  test('all allocations of one user share what the user may', () => {
    const { bytes } = flow({ userBytesPerSecond: 20_000 }, 3);
    expect(bytes).toBeGreaterThan(180_000);
    expect(bytes).toBeLessThan(220_000);
  });

  test('both directions count', () => {
    const stage = new TurnStage({ limits: { allocationBytesPerSecond: 2_000 } });
    const client = new TurnClient(stage, CLIENT);
    const [relayed] = client.allocate() as [string];
    client.bind(0x4000, PEER);
    expect(client.sendChannel(0x4000, 'x'.repeat(1_000))).toHaveLength(1);
    expect(stage.fromPeer(PEER, relayed, latin1Bytes('x'.repeat(1_000)))).toEqual([]);
    expect(client.send(PEER, 'x'.repeat(1_000))).toEqual([]);
    stage.advance(1_000);
    expect(stage.fromPeer(PEER, relayed, latin1Bytes('x'.repeat(1_000)))).toHaveLength(1);
  });
});

test('all that a user has ends when the user is sent away', () => {
  const stage = new TurnStage();
  const [one, two] = [new TurnClient(stage, '203.0.113.5:1'), new TurnClient(stage, '203.0.113.5:2').overTcp()];
  const other = new TurnClient(stage, '203.0.113.5:3', 'joon');
  for (const client of [one, two, other]) client.allocate();
  stage.act(() => stage.server.revoke('min', stage.now));
  expect([one.refresh().code, two.refresh().code, other.refresh().code]).toEqual([437, 437, 0]);
  expect(stage.server.counts().ended).toEqual({ revoked: 2 });
});

test('an allocation whose socket is lost ends', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT);
  client.allocate();
  const [bind] = stage.takeOperations();
  stage.act(() => stage.server.relays.lost(bind?.type === 'bind' ? bind.relay : -1, stage.now));
  expect(client.refresh().code).toBe(437);
});
