import { nodeHmac, SeededRandom, VirtualTime } from '@madang/testkit';
import {
  type AssociationLimits,
  type ChannelEvent,
  type ChannelForm,
  type DataChannel,
  DataChannels,
  SCTP_PACKET_BYTES,
} from '../../src/sctp/index.js';
import { CountedPool } from './counted-pool.js';

/** What a line does to packets, each way. */
export interface Line {
  readonly loss?: number;
  readonly delayMs?: number;
  readonly jitterMs?: number;
  readonly repeats?: number;
  /** What the line takes, in bits a second, and how many bytes may wait for it. */
  readonly bps?: number;
  readonly queueBytes?: number;
}

export const RELIABLE: ChannelForm = {
  label: 'all',
  protocol: '',
  isOrdered: true,
  maxRetransmits: null,
  maxLifetimeMs: null,
};

/** One end: channels, the packets that it sends, and what has come of those it got. */
export class DataEnd {
  readonly data: DataChannels;
  readonly pool = new CountedPool();
  readonly events: ChannelEvent[] = [];
  /** Everything that it has sent, if it is to be kept. */
  readonly sent: Uint8Array[] = [];
  keepsSent = false;
  /** Sees each packet before the line; another one, or null, goes instead. */
  change: (packet: Uint8Array) => Uint8Array | null = (packet) => packet;
  other: DataEnd | null = null;
  readonly #stage: DataStage;
  readonly #line: Line;
  readonly #out = {
    bytes: new Uint8Array(SCTP_PACKET_BYTES),
    begin: () => 0,
    end: (length: number) => this.#send(length),
  };
  #freeAtMs = 0;
  #cancel: (() => void) | null = null;

  constructor(stage: DataStage, line: Line, isDtlsClient: boolean, limits: Partial<AssociationLimits>) {
    this.#stage = stage;
    this.#line = line;
    this.data = new DataChannels({
      ownPort: 5_000,
      remotePort: 5_000,
      random: stage.random,
      hmac: nodeHmac,
      pool: this.pool,
      isDtlsClient,
      limits,
      mostChannels: 64,
      remoteMessageBytes: 262_144,
    });
  }

  get messages(): Uint8Array[] {
    return this.events.flatMap((event) => (event.type === 'message' ? [event.bytes] : []));
  }

  get channels(): DataChannel[] {
    return this.events.flatMap((event) => (event.type === 'open' ? [event.channel] : []));
  }

  /** To be called after anything was done to `data`. */
  settle(): void {
    const now = this.#stage.time.nowMs();
    this.data.write(this.#out, now);
    this.events.push(...this.data.drain());
    this.#cancel?.();
    const atMs = this.data.nextAt();
    const tick = () => {
      this.data.tick(this.#stage.time.nowMs());
      this.settle();
    };
    this.#cancel = atMs === Number.POSITIVE_INFINITY ? null : this.#stage.time.after(atMs - now, tick);
  }

  receive(packet: Uint8Array): void {
    this.data.receive(packet, 0, packet.length, this.#stage.time.nowMs());
    this.settle();
  }

  send(channel: DataChannel, bytes: Uint8Array, isText = false) {
    const result = this.data.send(channel, bytes, isText, this.#stage.time.nowMs());
    this.settle();
    return result;
  }

  #send(length: number): void {
    const packet = this.change(this.#out.bytes.slice(0, length));
    if (packet === null) return;
    if (this.keepsSent) this.sent.push(packet);
    const { loss = 0, repeats = 0, bps = Number.POSITIVE_INFINITY, queueBytes = Number.POSITIVE_INFINITY } = this.#line;
    const { random, time } = this.#stage;
    const now = time.nowMs();
    const waitMs = Math.max(0, this.#freeAtMs - now);
    if (random.chance(loss) || (waitMs * bps) / 8_000 > queueBytes) return;
    const lineMs = (packet.length * 8_000) / bps;
    this.#freeAtMs = now + waitMs + lineMs;
    for (let copies = random.chance(repeats) ? 2 : 1; copies > 0; copies--) {
      const delayMs = (this.#line.delayMs ?? 10) + random.fraction() * (this.#line.jitterMs ?? 0);
      time.after(waitMs + lineMs + delayMs, () => this.other?.receive(packet));
    }
  }
}

/** Two ends on a line, in virtual time, from one seed. */
export class DataStage {
  readonly time = new VirtualTime();
  readonly random: SeededRandom;
  readonly client: DataEnd;
  readonly server: DataEnd;

  constructor(seed: number, line: Line = {}, limits: Partial<AssociationLimits> = {}) {
    this.random = new SeededRandom(seed);
    this.client = new DataEnd(this, line, true, limits);
    this.server = new DataEnd(this, line, false, limits);
    this.client.other = this.server;
    this.server.other = this.client;
  }

  connect(who: readonly DataEnd[] = [this.client, this.server]): this {
    for (const end of who) {
      end.data.connect(this.time.nowMs());
      end.settle();
    }
    return this;
  }

  /** A channel of the client's that the server knows. */
  open(form: ChannelForm = RELIABLE): DataChannel {
    const channel = this.client.data.open(form)!;
    this.client.settle();
    this.until(() => channel.state === 'open');
    return channel;
  }

  run(ms: number): void {
    this.time.advance(ms);
  }

  /** Lets time pass until it holds; throws after ten minutes of the stage's time. */
  until(holds: () => boolean): number {
    const from = this.time.nowMs();
    while (!holds()) {
      const next = this.time.nextAtMs;
      if (next === null || this.time.nowMs() - from > 600_000) throw new Error(`never, seed ${this.random.seed}`);
      this.time.advance(next - this.time.nowMs());
    }
    return this.time.nowMs() - from;
  }

  /** Sends messages one after the other, as many at a time as may wait. */
  sendAll(channel: DataChannel, messages: readonly Uint8Array[]): void {
    let ix = 0;
    const feed = () => {
      while (ix < messages.length && this.client.send(channel, messages[ix]!) === 'sent') ix++;
      if (ix < messages.length) this.time.after(5, feed);
    };
    feed();
  }
}

/** Bytes that tell where they belong. */
export function patterned(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => seed * 31 + at + (at >>> 8));
}
