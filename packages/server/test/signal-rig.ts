import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MediaPort, RoomLimits, RoomPort } from '@madang/engine';
import type { IceServer, Joined, Ok, Refused, Reply, RequestName, RoomEvent } from '@madang/protocol';
import { PROTOCOL_VERSION } from '@madang/protocol';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { LocalRooms } from '../src/media/index.js';
import {
  createSignal,
  type Signal,
  type SignalConfig,
  type SignalDeps,
  type SignalTimes,
} from '../src/signal/index.js';

const LIMITS: RoomLimits = { maxRooms: 50, maxMembers: 100, graceMs: 30_000, chatKeepMs: 0 };

const CONFIG: SignalConfig = {
  basePath: '',
  trustProxy: [],
  allowOrigin: [],
  maxConnectionsPerAddress: 200,
  messageRate: 0,
};

export interface RigOptions {
  readonly config?: Partial<SignalConfig>;
  readonly iceServers?: readonly IceServer[];
  readonly iceServersFor?: SignalDeps['iceServersFor'];
  readonly limits?: Partial<RoomLimits>;
  readonly times?: Partial<SignalTimes>;
  /** What members may have connections with. */
  readonly media?: MediaPort;
  /** Stands between the signaling and the real rooms. */
  readonly through?: (rooms: RoomPort) => RoomPort;
}

/** The signaling over real rooms on a real loopback port, and the clients that a test makes of it. */
export interface Rig {
  readonly url: string;
  readonly port: number;
  readonly rooms: LocalRooms;
  readonly signal: Signal;
  readonly registry: Registry;
  /** What the signaling logged, a JSON line each. */
  readonly logged: readonly string[];
  /** Errors that nobody caught since the rig was started. */
  readonly uncaught: readonly unknown[];
  connect(options?: Partial<ManagerOptions & SocketOptions>): Promise<TestClient>;
  metric(event: string, outcome: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const registry = new Registry();
  const rooms = new LocalRooms({
    limits: { ...LIMITS, ...options.limits },
    onReceiverError: (error) => uncaught.push(error),
    onDeparted: (member) => signal.departed(member),
    onRights: (rights) => signal.heed(rights),
  });
  const signal = createSignal({
    rooms: options.through?.(rooms) ?? rooms,
    config: { ...CONFIG, ...options.config },
    iceServersFor: options.iceServersFor ?? (() => ({ iceServers: options.iceServers ?? [] })),
    log,
    registry,
    ...(options.times && { times: options.times }),
  });
  if (options.media !== undefined) signal.serve(options.media);
  const uncaught: unknown[] = [];
  const catchIt = (error: unknown) => void uncaught.push(error);
  process.on('uncaughtException', catchIt).on('unhandledRejection', catchIt);
  const server = await listen(signal);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const clients: TestClient[] = [];
  return {
    url,
    port,
    rooms,
    signal,
    registry,
    logged,
    uncaught,
    connect: async (clientOptions) => {
      const client = await TestClient.connect(url, clientOptions);
      clients.push(client);
      return client;
    },
    metric: async (event, outcome) => {
      const metric = await registry.getSingleMetric('madang_signal_messages_total')?.get();
      return metric?.values.find(({ labels }) => labels.event === event && labels.outcome === outcome)?.value ?? 0;
    },
    stop: async () => {
      for (const client of clients) client.socket.disconnect();
      await signal.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      process.off('uncaughtException', catchIt).off('unhandledRejection', catchIt);
    },
  };
}

async function listen(signal: Signal): Promise<Server> {
  const server = createServer((req, res) => {
    if (signal.handles((req.url ?? '').split('?', 1)[0] ?? '')) signal.handleRequest(req, res);
    else res.writeHead(404).end();
  });
  server.on('upgrade', (req, socket, head) => signal.handleUpgrade(req, socket, head));
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

/** A socket.io client that remembers everything it hears, in order. */
export class TestClient {
  readonly socket: Socket;
  /** Acknowledgements as `['ack', event, reply]`, everything else as `[event, payload]`. */
  readonly heard: unknown[][] = [];
  #watchers = new Set<() => void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((event: string, ...args: unknown[]) => this.#note([event, ...args]));
    socket.on('disconnect', (reason) => this.#note(['disconnect', reason]));
  }

  static async connect(url: string, options: Partial<ManagerOptions & SocketOptions> = {}): Promise<TestClient> {
    const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, ...options });
    const client = new TestClient(socket);
    await new Promise<void>((done, fail) => {
      socket.once('connect', done);
      socket.once('connect_error', fail);
    });
    return client;
  }

  /** Sends whatever it is given and resolves with the acknowledgement. */
  ask(event: string, ...args: unknown[]): Promise<Ok<Record<string, unknown>> | Refused> {
    return new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`${event} was not acknowledged`)), 10_000);
      this.socket.emit(event, ...args, (reply: Ok<Record<string, unknown>> | Refused) => {
        clearTimeout(timer);
        this.#note(['ack', event, reply]);
        done(reply);
      });
    });
  }

  /** Sends a request that must be carried out. */
  async request<N extends RequestName>(event: N, payload: object = {}): Promise<Extract<Reply<N>, { ok: true }>> {
    const reply = (await this.ask(event, payload)) as unknown as Reply<N>;
    if (!reply.ok) throw new Error(`${event} was refused: ${JSON.stringify(reply.error)}`);
    return reply as Extract<Reply<N>, { ok: true }>;
  }

  join(room: string, name: string, more: object = {}): Promise<Joined> {
    return this.request('join', { protocol: PROTOCOL_VERSION, room, name, ...more });
  }

  /** The error code of a reply that must be a refusal. */
  async refusal(event: string, ...args: unknown[]): Promise<string> {
    const reply = await this.ask(event, ...args);
    return reply.ok ? 'none' : reply.error.code;
  }

  get events(): RoomEvent[] {
    return this.heard.filter(([event]) => event === 'event').map(([, payload]) => payload as RoomEvent);
  }

  /** The first thing heard, now or later, for which `matches` holds. */
  async hears(matches: (event: unknown, payload: never) => boolean, withinMs = 10_000): Promise<unknown> {
    const find = () => this.heard.find(([event, payload]) => matches(event, payload as never));
    for (const end = performance.now() + withinMs; ; ) {
      const found = find();
      if (found !== undefined) return found[1];
      const leftMs = end - performance.now();
      if (leftMs <= 0) throw new Error(`not heard among ${JSON.stringify(this.heard)}`);
      await new Promise<void>((done) => {
        const wake = () => {
          this.#watchers.delete(wake);
          clearTimeout(timer);
          done();
        };
        const timer = setTimeout(wake, leftMs);
        this.#watchers.add(wake);
      });
    }
  }

  hearsEvent<T extends RoomEvent['type']>(type: T): Promise<RoomEvent<T>> {
    return this.hears((event, payload: RoomEvent) => event === 'event' && payload.type === type) as Promise<
      RoomEvent<T>
    >;
  }

  hearsClassic(event: 'announce' | 'message' | 'signaling_message', has = ''): Promise<unknown> {
    return this.hears((name, payload) => name === event && JSON.stringify(payload).includes(has));
  }

  closed(): Promise<unknown> {
    return this.hears((event) => event === 'disconnect');
  }

  #note(entry: unknown[]): void {
    this.heard.push(entry);
    for (const wake of this.#watchers) wake();
  }
}
