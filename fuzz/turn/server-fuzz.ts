import { SeededRandom } from '@madang/testkit';
import { ATTRIBUTE, MESSAGE_CLASS, METHOD, readMessage } from '../../packages/engine/src/stun/index.js';
import {
  channelNumber,
  lifetime,
  peerAddress,
  TCP,
  TurnClient,
  UDP,
} from '../../packages/engine/test/turn/turn-client.js';
import { TurnStage } from '../../packages/engine/test/turn/turn-stage.js';
import { channelLike, mutated, noise, stunLike } from './inputs.js';

const HOURS_12_MS = 43_200_000;
const POOL = 24;
const PEERS = ['192.0.2.7:7000', '192.0.2.8:8000', '[2001:db8::7]:7000', '198.18.5.1:50000'] as const;
const LIMITS = { allocations: 40, allocationsPerUser: 12, streams: 40, unprovenPerSecond: 1_000 };

/** Why a datagram deserves no answer; null when it may get one. */
function undeserving(bytes: Uint8Array): string | null {
  if (bytes.length > 0 && bytes[0]! > 3) return 'no STUN';
  const message = readMessage(bytes);
  if (typeof message === 'string') return message;
  return message.messageClass === MESSAGE_CLASS.REQUEST ? null : 'no request';
}

/**
 * A server with clients who know their passwords, under datagrams, streams and events of every kind. What must hold is
 * checked after each input: nothing throws, nobody undeserving is answered, an answer goes to where the question came
 * from and is not larger than it may be, and what the server remembers stays within its limits.
 */
export class ServerFuzz {
  readonly #random: SeededRandom;
  #stage!: TurnStage;
  #clients: TurnClient[] = [];
  #streams: number[] = [];
  #relayed: string[] = [];
  /** Signed messages of each client, since signing costs more than all else. */
  #pools: Uint8Array[][] = [];
  /** What came of all inputs, by kind. */
  readonly counts = { datagrams: 0, streams: 0, peers: 0, events: 0, answers: 0, allocations: 0, relayed: 0 };

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
    this.begin();
  }

  /** A new server. */
  begin(): void {
    const random = this.#random;
    this.#stage = new TurnStage(
      { limits: LIMITS, relayPorts: { from: 50_000, to: 50_063 } },
      random.uint32(),
      1 + random.below(8),
    );
    this.#streams = [];
    this.#clients = Array.from({ length: 6 }, (_, ix) => {
      const client = new TurnClient(this.#stage, `203.0.113.${ix + 1}:5000`, `member-${ix >> 1}`, 7_200);
      if (random.chance(0.5)) client.style = { algorithm: 'sha256', kind: 'sha256' };
      return client;
    });
    this.#relayed = this.#clients.slice(0, 4).map((client) => this.#settled(client));
    this.#pools = this.#clients.map((client) => Array.from({ length: POOL }, () => this.#newMessage(client)));
  }

  /** Gives a client an allocation, with two channels and a permission. */
  #settled(client: TurnClient): string {
    const [relayed] = client.allocate(lifetime(3_600)) as [string];
    client.bind(0x4000, PEERS[0]);
    client.bind(0x4001, PEERS[1]);
    client.permit('192.0.2.9:1');
    return relayed;
  }

  /** One input. Throws when something does not hold. */
  step(): void {
    const random = this.#random;
    const way = random.below(100);
    if (way < 55) this.#datagram();
    else if (way < 75) this.#stream();
    else if (way < 90) this.#peer();
    else this.#event();
    this.#bounded();
  }

  /** After twelve hours of silence there must be nothing left. */
  end(): void {
    this.#stage.isSlow = false;
    this.#stage.settle();
    this.#stage.advance(HOURS_12_MS);
    const left = Object.entries(this.#stage.server.sizes()).filter(([, size]) => size !== 0);
    if (left.length > 0 || this.#stage.book.held > 0 || this.#stage.openSockets > 0)
      throw new Error(`left behind: ${left} ${this.#stage.book.held} ${this.#stage.openSockets}`);
    for (const [reason, count] of Object.entries(this.#stage.server.counts().answered))
      if (reason === 'allocate_success') this.counts.allocations += count;
  }

  #message(client: TurnClient): Uint8Array {
    const random = this.#random;
    const right = () => this.#rightMessage(client);
    const kind = random.below(10);
    if (kind === 0) return noise(random);
    if (kind === 1) return channelLike(random);
    if (kind < 5) return stunLike(random);
    return kind < 8 ? mutated(random, right()) : right();
  }

  /** A message of a client that knows what it does, mostly one that was used before. */
  #rightMessage(client: TurnClient): Uint8Array {
    const pool = this.#pools[this.#clients.indexOf(client)]!;
    const ix = this.#random.below(POOL);
    if (this.#random.chance(0.1)) pool[ix] = this.#newMessage(client);
    return pool[ix]!;
  }

  #newMessage(client: TurnClient): Uint8Array {
    const random = this.#random;
    const peers = Array.from({ length: 1 + random.below(2) }, () => peerAddress(random.pick(PEERS)));
    const messages = [
      () => client.signed(METHOD.ALLOCATE, [random.chance(0.9) ? UDP : TCP, lifetime(random.below(4_000))]),
      () => client.signed(METHOD.ALLOCATE, [UDP, [ATTRIBUTE.EVEN_PORT, [0x80 * random.below(2)]]]),
      () => client.signed(METHOD.ALLOCATE, [UDP, [ATTRIBUTE.ADDITIONAL_ADDRESS_FAMILY, [2, 0, 0, 0]]]),
      () => client.signed(METHOD.REFRESH, [lifetime(random.chance(0.2) ? 0 : 600)]),
      () => client.signed(METHOD.CREATE_PERMISSION, peers),
      () => client.signed(METHOD.CHANNEL_BIND, [channelNumber(0x4000 + random.below(4)), peers[0]!]),
      () => client.signed(METHOD.CONNECT, peers),
      () => client.sending(random.pick(PEERS), 'x'.repeat(random.below(30))),
      () => client.plain(METHOD.BINDING, []),
      () => client.plain(METHOD.ALLOCATE, [UDP]),
    ];
    return random.pick(messages)();
  }

  #datagram(): void {
    const random = this.#random;
    const client = random.pick(this.#clients);
    const bytes = this.#message(client);
    this.counts.datagrams++;
    const sent = this.#stage.fromClient(client.at, bytes);
    for (const each of sent) {
      if (each.from !== 'server') this.counts.relayed++;
      else this.#answered(client, bytes, each.to, each.bytes);
    }
  }

  #answered(client: TurnClient, request: Uint8Array, to: string, bytes: Uint8Array): void {
    this.counts.answers++;
    const response = readMessage(bytes);
    if (typeof response === 'string') throw new Error(`the server sent what is no message: ${response}`);
    // A socket that opened meanwhile may answer an earlier request, of another client.
    if (to !== client.at) return;
    const why = undeserving(request);
    if (why !== null) throw new Error(`answered though: ${why}`);
    const isProven = response.value(ATTRIBUTE.MESSAGE_INTEGRITY) ?? response.value(ATTRIBUTE.MESSAGE_INTEGRITY_SHA256);
    if (isProven === null && bytes.length > 3.6 * request.length)
      throw new Error(`${bytes.length} bytes for ${request.length}`);
    const nonce = response.value(ATTRIBUTE.NONCE);
    if (nonce !== null) client.nonce = nonce.slice();
  }

  #stream(): void {
    const random = this.#random;
    const { server } = this.#stage;
    this.counts.streams++;
    if (this.#streams.length === 0 || random.chance(0.1)) {
      const client = random.pick(this.#clients);
      client.overTcp();
      if (client.stream !== null) this.#streams.push(client.stream);
      client.stream = null;
      return;
    }
    const stream = random.pick(this.#streams);
    if (random.chance(0.05)) {
      this.#stage.act(() => server.streams.closed(stream, this.#stage.now));
      this.#streams = this.#streams.filter((other) => other !== stream);
      return;
    }
    server.streams.setBlocked(stream, random.chance(0.1));
    const client = random.pick(this.#clients);
    const bytes = this.#message(client);
    const cut = random.chance(0.3) ? random.below(bytes.length + 1) : bytes.length;
    this.#stage.act((tx) => server.streams.receive(stream, bytes.slice(0, cut), this.#stage.now, tx));
    if (cut < bytes.length)
      this.#stage.act((tx) => server.streams.receive(stream, bytes.slice(cut), this.#stage.now, tx));
    for (const operation of this.#stage.operations)
      if (operation.type === 'write') this.#learn(client, operation.bytes);
  }

  /** Takes the nonce out of what a stream was answered. */
  #learn(client: TurnClient, bytes: Uint8Array): void {
    const message = readMessage(bytes);
    const nonce = typeof message === 'string' ? null : message.value(ATTRIBUTE.NONCE);
    if (nonce !== null) client.nonce = nonce.slice();
  }

  #peer(): void {
    const random = this.#random;
    this.counts.peers++;
    const host = random.chance(0.5) ? '198.18.5.1' : '[2a00:1:0:0:0:0:0:5]';
    const relayed = random.chance(0.6) ? random.pick(this.#relayed) : `${host}:${50_000 + random.below(64)}`;
    for (const each of this.#stage.fromPeer(random.pick(PEERS), relayed, noise(random))) {
      if (each.from !== 'server') throw new Error('a peer made a relay send');
      this.counts.relayed++;
    }
  }

  #event(): void {
    const random = this.#random;
    const { server } = this.#stage;
    const { now } = this.#stage;
    this.counts.events++;
    const id = random.below(200);
    const connection = random.chance(0.9) ? this.#connection() : random.uint32();
    const events = [
      () => random.chance(0.1) && this.#stage.advance(random.below(400_000)),
      () => this.#stage.advance(random.below(1_000)),
      () => this.#stage.settle(random.chance(0.7)),
      () => {
        this.#stage.isSlow = random.chance(0.3);
      },
      () => this.#stage.act((tx) => server.relays.bound(id, -1, now, tx)),
      () => this.#stage.act((tx) => server.relays.bindFailed(id, now, tx)),
      () => this.#stage.act((tx) => server.relays.connected(connection, now, tx)),
      () => this.#stage.act((tx) => server.relays.connectFailed(connection, tx)),
      () => this.#stage.act(() => server.relays.peerClosed(connection, now)),
      () => random.chance(0.2) && this.#stage.act(() => server.revoke(`member-${random.below(3)}`, now)),
    ];
    random.pick(events)();
  }

  #connection(): number {
    const connect = this.#stage.operations.findLast((operation) => operation.type === 'connect');
    return connect?.type === 'connect' ? connect.connection : 0;
  }

  #bounded(): void {
    const sizes = this.#stage.server.sizes();
    if (sizes.allocations > LIMITS.allocations) throw new Error(`${sizes.allocations} allocations`);
    if (sizes.streams > LIMITS.streams) throw new Error(`${sizes.streams} streams`);
    if (sizes.relays > 3 * LIMITS.allocations) throw new Error(`${sizes.relays} relays`);
    if (sizes.deadlines > 4 * LIMITS.allocations + LIMITS.streams + 64 * LIMITS.allocations)
      throw new Error(`${sizes.deadlines} deadlines`);
    this.#stage.sent.length = 0;
    if (this.#stage.operations.length > 100) this.#stage.operations.splice(0, 50);
  }
}
