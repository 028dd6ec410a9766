import { describe, expect, test } from 'vitest';
import { latin1Bytes } from '../../src/bytes/index.js';
import { ATTRIBUTE, METHOD, parseHost } from '../../src/stun/index.js';
import { type Attribute, lifetime, lifetimeOf, relayed, TCP, TurnClient, UDP } from './turn-client.js';
import { address, RELAY4, RELAY6, TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const IPV4: readonly number[] = [1, 0, 0, 0];
const IPV6: readonly number[] = [2, 0, 0, 0];
const requested = (family: readonly number[]): Attribute => [ATTRIBUTE.REQUESTED_ADDRESS_FAMILY, family];
const additional = (family: readonly number[]): Attribute => [ATTRIBUTE.ADDITIONAL_ADDRESS_FAMILY, family];
const evenPort = (value: number): Attribute => [ATTRIBUTE.EVEN_PORT, [value]];
const DONT_FRAGMENT: Attribute = [ATTRIBUTE.DONT_FRAGMENT, []];
const token = (bytes: Uint8Array): Attribute => [ATTRIBUTE.RESERVATION_TOKEN, bytes];
const ONLY4 = { relayHosts: [{ host: parseHost(RELAY4)!, announced: parseHost(RELAY4)! }] };
const ONLY6 = { relayHosts: [{ host: parseHost(RELAY6)!, announced: parseHost(RELAY6)! }] };

const codeOf = (client: TurnClient, ...attributes: Attribute[]) => client.ask(METHOD.ALLOCATE, ...attributes).code;
const client = (stage = new TurnStage(), at = CLIENT) => new TurnClient(stage, at);
const portOf = (relayedAddress: string) => address(relayedAddress).port;

describe('§7.2: the checks', () => {
  test('1: the request has to be authenticated', () => {
    const { code } = client().challenge();
    expect(code).toBe(401);
  });

  test('2: a 5-tuple in use is refused with 437', () => {
    const tested = client();
    tested.allocate();
    expect(codeOf(tested, UDP)).toBe(437);
  });

  test.each([
    [400, 'none', []],
    [400, 'one of 3 bytes', [[ATTRIBUTE.REQUESTED_TRANSPORT, [17, 0, 0]]]],
    [442, 'SCTP', [[ATTRIBUTE.REQUESTED_TRANSPORT, [132, 0, 0, 0]]]],
    [400, 'TCP for a client that comes over UDP (RFC 6062 §5.1)', [TCP]],
    [0, 'UDP with reserved bits set', [[ATTRIBUTE.REQUESTED_TRANSPORT, [17, 1, 2, 3]]]],
  ] as [number, string, Attribute[]][])('3: %i for REQUESTED-TRANSPORT: %s', (code, _what, attributes) => {
    expect(codeOf(client(), ...attributes)).toBe(code);
  });

  test('3: TCP relays that are switched off are refused with 442', () => {
    const stage = new TurnStage({ tcpRelays: false });
    expect(codeOf(client(stage).overTcp(), TCP)).toBe(442);
  });

  test('4: DONT-FRAGMENT is an attribute like others, or an unknown one where the DF bit cannot be set', () => {
    expect(codeOf(client(), UDP, DONT_FRAGMENT)).toBe(0);
    const reply = client(new TurnStage({ dontFragment: false })).ask(METHOD.ALLOCATE, UDP, DONT_FRAGMENT);
    expect([reply.code, reply.message.unknownAttributes()]).toEqual([420, [ATTRIBUTE.DONT_FRAGMENT]]);
  });

  test.each([
    ['EVEN-PORT', evenPort(0)],
    ['REQUESTED-ADDRESS-FAMILY', requested(IPV4)],
    ['ADDITIONAL-ADDRESS-FAMILY', additional(IPV6)],
  ])('5: RESERVATION-TOKEN with %s is refused with 400', (_name, attribute) => {
    expect(codeOf(client(), UDP, token(new Uint8Array(8)), attribute)).toBe(400);
  });

  test('5: a RESERVATION-TOKEN that nobody was given is refused with 508, one of another length with 400', () => {
    expect(codeOf(client(), UDP, token(new Uint8Array(8)))).toBe(508);
    expect(codeOf(client(), UDP, token(new Uint8Array(7)))).toBe(400);
  });

  test('6: both family attributes are refused with 400', () => {
    expect(codeOf(client(), UDP, requested(IPV4), additional(IPV6))).toBe(400);
  });

  test.each([
    [440, 'IPv6 where there is none', ONLY4, [requested(IPV6)]],
    [440, 'IPv4 where there is none', ONLY6, [requested(IPV4)]],
    [440, 'nothing named where there is no IPv4', ONLY6, []],
    [440, 'a family that does not exist', {}, [requested([3, 0, 0, 0])]],
    [400, 'a malformed family', {}, [requested([1])]],
    [0, 'IPv6', {}, [requested(IPV6)]],
    [0, 'IPv4', {}, [requested(IPV4)]],
  ] as const)('7: %i for %s', (code, _what, options, attributes) => {
    expect(codeOf(client(new TurnStage(options)), UDP, ...attributes)).toBe(code);
  });

  test('7: without a family the relayed address is of IPv4, with one it is of that', () => {
    expect(client().allocate()[0]).toMatch(`${RELAY4}:`);
    expect(client().allocate(requested(IPV6))[0]).toMatch('[2a00:1:0:0:0:0:0:5]:');
  });

  test('8: EVEN-PORT with R and ADDITIONAL-ADDRESS-FAMILY are refused with 400, a malformed EVEN-PORT too', () => {
    expect(codeOf(client(), UDP, evenPort(0x80), additional(IPV6))).toBe(400);
    expect(codeOf(client(), UDP, [ATTRIBUTE.EVEN_PORT, [0x80, 0]])).toBe(400);
  });

  test('8: without a pair of ports EVEN-PORT with R is refused with 508', () => {
    const stage = new TurnStage({ relayPorts: { from: 50_001, to: 50_002 } });
    expect(codeOf(client(stage), UDP, evenPort(0x80))).toBe(508);
    expect(codeOf(client(stage), UDP, evenPort(0))).toBe(0);
  });

  test('9: ADDITIONAL-ADDRESS-FAMILY of IPv4 is refused with 400', () => {
    expect(codeOf(client(), UDP, additional(IPV4))).toBe(400);
  });

  test('9: ADDITIONAL-ADDRESS-FAMILY of IPv6 gives one address of each', () => {
    const [first, second] = client().allocate(additional(IPV6));
    expect([first, second]).toEqual([expect.stringMatching(RELAY4), expect.stringMatching('2a00:1')]);
  });

  test.each([
    ['IPv6', ONLY4, RELAY4, 440, 2],
    ['IPv4', ONLY6, '2a00:1', 440, 1],
  ] as const)('9: without %s the other is given, and why with it', (_name, options, given, code, family) => {
    const reply = client(new TurnStage(options)).ask(METHOD.ALLOCATE, UDP, additional(IPV6));
    expect(relayed(reply)).toEqual([expect.stringMatching(given)]);
    const value = Uint8Array.of(family, 0, Math.floor(code / 100), code % 100);
    expect(reply.message.value(ATTRIBUTE.ADDRESS_ERROR_CODE)).toEqual(value);
  });

  test('9: with no port left of one family the other is given and 508 told', () => {
    const stage = new TurnStage({ relayPorts: { from: 50_000, to: 50_000 } });
    client(stage, '203.0.113.9:1').allocate(requested(IPV6));
    const reply = client(stage).ask(METHOD.ALLOCATE, UDP, additional(IPV6));
    expect(relayed(reply)).toEqual([`${RELAY4}:50000`]);
    expect(reply.message.value(ATTRIBUTE.ADDRESS_ERROR_CODE)).toEqual(Uint8Array.of(2, 0, 5, 8));
    expect(codeOf(client(stage, '203.0.113.9:2'), UDP, additional(IPV6))).toBe(508);
  });

  test('10: a user with as many allocations as allowed is refused with 486, until one is gone', () => {
    const stage = new TurnStage({ limits: { allocationsPerUser: 2 } });
    const [first, second, third] = [1, 2, 3].map((port) => client(stage, `203.0.113.5:${port}`)) as [
      TurnClient,
      TurnClient,
      TurnClient,
    ];
    first.allocate();
    second.allocate();
    expect(codeOf(third, UDP)).toBe(486);
    expect(codeOf(new TurnClient(stage, '203.0.113.5:4', 'joon'), UDP)).toBe(0);
    first.refresh(lifetime(0));
    expect(codeOf(third, UDP)).toBe(0);
    expect(codeOf(first, UDP)).toBe(486);
    stage.advance(600_000);
    expect(codeOf(first, UDP)).toBe(0);
  });

  test('10: a renewed credential of the same user counts for the same quota', () => {
    const stage = new TurnStage({ limits: { allocationsPerUser: 1 } });
    client(stage).allocate();
    expect(codeOf(new TurnClient(stage, '203.0.113.5:2', 'min', 7_200), UDP)).toBe(486);
  });

  test('a server that is full answers 508', () => {
    const stage = new TurnStage({ limits: { allocations: 1 } });
    client(stage).allocate();
    expect(codeOf(new TurnClient(stage, '203.0.113.6:1', 'joon'), UDP)).toBe(508);
  });
});

describe('§7.2: the relayed address', () => {
  test('has a port of the range, and an even one with EVEN-PORT', () => {
    const stage = new TurnStage({ relayPorts: { from: 50_000, to: 50_019 }, limits: { allocationsPerUser: 50 } });
    const ports = Array.from({ length: 10 }, (_, ix) =>
      portOf(client(stage, `203.0.113.5:${ix + 1}`).allocate(evenPort(0))[0]!),
    );
    expect(ports.sort()).toEqual(Array.from({ length: 10 }, (_, ix) => 50_000 + 2 * ix));
    expect(codeOf(client(stage, '203.0.113.5:100'), UDP, evenPort(0))).toBe(508);
    const odd = portOf(client(stage, '203.0.113.5:101').allocate()[0]!);
    expect([odd % 2, odd > 50_000, odd < 50_020]).toEqual([1, true, true]);
  });

  test('every port of the range is given once, then 508', () => {
    const stage = new TurnStage({
      relayPorts: { from: 50_000, to: 50_099 },
      limits: { allocationsPerUser: 200, unprovenPerSecond: 1_000 },
    });
    const ports = new Set(Array.from({ length: 100 }, (_, ix) => client(stage, `203.0.113.5:${ix + 1}`).allocate()[0]));
    expect(ports.size).toBe(100);
    expect(codeOf(client(stage, '203.0.113.5:999'), UDP)).toBe(508);
  });

  test('a port that another program has is passed over', () => {
    const stage = new TurnStage({ relayPorts: { from: 50_000, to: 50_001 } });
    stage.busy.add(50_000);
    expect(client(stage).allocate()).toEqual([`${RELAY4}:50001`]);
  });

  test('when other programs have them all the answer is 508, and nothing is left behind', () => {
    const stage = new TurnStage({ relayPorts: { from: 50_000, to: 50_009 } });
    for (let port = 50_000; port < 50_010; port++) stage.busy.add(port);
    expect(codeOf(client(stage), UDP)).toBe(508);
    expect(stage.server.sizes()).toMatchObject({ allocations: 0, relays: 0, deadlines: 0, users: 0 });
  });

  test('a socket that never opens is answered with 508 after five seconds, and closed if it opens after all', () => {
    const stage = new TurnStage();
    const tested = client(stage);
    tested.challenge();
    stage.isSlow = true;
    expect(tested.exchange(tested.signed(METHOD.ALLOCATE, [UDP]))).toEqual([]);
    stage.advance(5_000);
    expect(tested.reply(stage.take().map(({ bytes }) => bytes)).code).toBe(508);
    stage.takeOperations();
    stage.settle();
    expect(stage.takeOperations()).toEqual([{ type: 'unbind', relay: 1 }]);
    expect(stage.server.sizes()).toMatchObject({ allocations: 0, relays: 0 });
  });

  test('EVEN-PORT with R: the next port is kept for 30 seconds for whoever shows the token', () => {
    const stage = new TurnStage();
    const reply = client(stage).ask(METHOD.ALLOCATE, UDP, evenPort(0x80));
    const port = portOf(relayed(reply)[0]!);
    const reserved = reply.message.value(ATTRIBUTE.RESERVATION_TOKEN)!.slice();
    expect([port % 2, reserved.length]).toEqual([0, 8]);
    stage.advance(29_999);
    const second = client(stage, '203.0.113.77:9');
    expect(second.allocate(token(reserved))).toEqual([`${RELAY4}:${port + 1}`]);
    expect(codeOf(client(stage, '203.0.113.77:10'), UDP, token(reserved))).toBe(508);
    stage.advance(60_000);
    expect(second.refresh().code).toBe(0);
  });

  test('EVEN-PORT with R: after 30 seconds the port is free again', () => {
    const stage = new TurnStage();
    const reply = client(stage).ask(METHOD.ALLOCATE, UDP, evenPort(0x80));
    const reserved = reply.message.value(ATTRIBUTE.RESERVATION_TOKEN)!.slice();
    expect(stage.openSockets).toBe(2);
    stage.advance(30_000);
    expect(codeOf(client(stage, '203.0.113.77:9'), UDP, token(reserved))).toBe(508);
    expect([stage.openSockets, stage.server.sizes().reservations]).toEqual([1, 0]);
  });

  test('EVEN-PORT with R: nobody else gets the port with the token', () => {
    const stage = new TurnStage();
    const reply = client(stage).ask(METHOD.ALLOCATE, UDP, evenPort(0x80));
    const reserved = reply.message.value(ATTRIBUTE.RESERVATION_TOKEN)!.slice();
    expect(codeOf(new TurnClient(stage, '203.0.113.77:9', 'mallory'), UDP, token(reserved))).toBe(508);
  });

  test.each([50_000, 50_001])('EVEN-PORT with R: another pair when %i is taken', (taken) => {
    const stage = new TurnStage({ relayPorts: { from: 50_000, to: 50_003 } });
    stage.busy.add(taken);
    const reply = client(stage).ask(METHOD.ALLOCATE, UDP, evenPort(0x80));
    expect(relayed(reply)).toEqual([`${RELAY4}:50002`]);
    expect([stage.openSockets, stage.server.sizes().relays]).toEqual([2, 2]);
  });

  test('ports are drawn evenly from the range', () => {
    const stage = new TurnStage({ limits: { allocationsPerUser: 1e6, allocations: 1e6, unprovenPerSecond: 1e6 } });
    const counts = new Array<number>(8).fill(0);
    for (let ix = 0; ix < 800; ix++) {
      const one = client(stage, `203.0.113.${1 + (ix >> 8)}:${1 + (ix & 255)}`);
      counts[(portOf(one.allocate()[0]!) - 49_152) >> 11]!++;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    expect(chiSquare).toBeLessThan(24.3); // 7 degrees of freedom, one in a thousand; the seed is fixed
  });
});

describe('§7.2: the success response', () => {
  test('has the relayed address, the lifetime and the mapped address, and is signed', () => {
    const tested = client();
    const reply = tested.ask(METHOD.ALLOCATE, UDP);
    expect(reply.message.xorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS)).toEqual(address(CLIENT));
    expect([lifetimeOf(reply), tested.isSigned(reply), relayed(reply).length]).toEqual([600, true, 1]);
    expect(reply.message.has(ATTRIBUTE.RESERVATION_TOKEN)).toBe(false);
  });

  test.each([
    [600, []],
    [600, [lifetime(0)]],
    [600, [lifetime(599)]],
    [601, [lifetime(601)]],
    [3_600, [lifetime(3_600)]],
    [3_600, [lifetime(0xffff_ffff)]],
  ] as [number, Attribute[]][])('the lifetime is %i seconds %#', (seconds, attributes) => {
    const stage = new TurnStage();
    const tested = client(stage);
    const reply = tested.ask(METHOD.ALLOCATE, UDP, ...attributes);
    expect(lifetimeOf(reply)).toBe(seconds);
    stage.advance(1_000 * seconds - 1);
    expect(stage.server.sizes().allocations).toBe(1);
    stage.advance(1);
    expect(stage.server.sizes()).toMatchObject({ allocations: 0, relays: 0, users: 0, deadlines: 0 });
    expect([stage.openSockets, stage.book.held]).toEqual([0, 0]);
  });

  test('a malformed LIFETIME is refused with 400', () => {
    expect(codeOf(client(), UDP, [ATTRIBUTE.LIFETIME, [1]])).toBe(400);
  });

  test('a FINGERPRINT is answered with one', () => {
    const tested = client();
    const bytes = tested.plain(METHOD.BINDING, []);
    expect(tested.reply(tested.exchange(bytes)).message.has(ATTRIBUTE.FINGERPRINT)).toBe(false);
  });

  test('an allocation relays from its own address at once', () => {
    const stage = new TurnStage();
    const tested = client(stage);
    const [mine] = tested.allocate() as [string];
    tested.permit('192.0.2.7:1');
    expect(stage.fromPeer('192.0.2.7:99', mine, latin1Bytes('x'))).toHaveLength(1);
  });
});
