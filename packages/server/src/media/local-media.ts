import {
  type ConnectionId,
  DEFAULT_MEDIA_LIMITS,
  type LineCounts,
  type MediaCommand,
  type MediaCommandOf,
  type MediaCommandType,
  type MediaEvent,
  type MediaPort,
  type MediaReply,
  MediaRouter,
  type RouterCounts,
  type RxTable,
  type TxTable,
} from '@madang/engine';
import type { MediaPlane, PlaneCounts } from '@madang/native';
import { networkAddresses } from '../network/index.js';
import { type Clock, systemClock } from './clock.js';
import { cryptoHmac } from './crypto-hashes.js';
import { cryptoRandom } from './crypto-random.js';
import { EventListeners } from './event-listeners.js';
import type { ReachedAs } from './media-addresses.js';
import { MediaGround, SLOTS } from './media-ground.js';
import type { MediaPlace } from './media-place.js';
import { MediaSockets } from './media-sockets.js';
import { routedHosts } from './turn/routed-hosts.js';

/** Datagrams that stay for retransmissions. */
const HELD_SLOTS = SLOTS / 2;
/** How old what is known of the way to the internet may be when somebody is told our addresses. */
const ROUTE_AGE_MS = 5_000;

export interface LocalMediaOptions {
  /** Hears a mistake of ours that a command has come upon. Without it the command rejects with that. */
  readonly onFault?: (error: Error) => void;
  /** What it stands on, if that is made already; its own from now on. */
  readonly ground?: MediaGround;
  readonly clock?: Clock;
}

/**
 * What comes due between two batches is done at the next multiple of this: so reports of many leave together, and a thread
 * is woken 100 times a second at most for them. What is due when a batch comes is done with it.
 */
const TICK_MS = 10;

const ENDED = { ok: false, code: 'unavailable', detail: 'The media thread has ended.' } as const;
const FAULT = {
  ok: false,
  code: 'unavailable',
  detail: 'The media server has made a mistake, and logged it.',
} as const;

/**
 * The media of this thread: a `MediaPort` over one plane, one router, one clock and one timer.
 *
 * Commands are carried out at once, in the order of the calls; what they caused is told when the current turn of the event
 * loop ends: that is after every reply of the turn. A command that comes upon a mistake of ours costs its own connection.
 */
export class LocalMedia implements MediaPort {
  readonly #plane: MediaPlane;
  readonly #router: MediaRouter;
  readonly #sockets: MediaSockets;
  readonly #clock: Clock;
  readonly #onFault: (error: Error) => void;
  readonly #listeners = new EventListeners();
  /** What each of them calls this server. */
  readonly #connections = new Map<ConnectionId, ReachedAs>();
  /** Of the connection that a command is about, while it is carried out. */
  #reachedAs: ReachedAs = null;
  #routed: readonly string[];
  #routedAtMs: number;
  #untold: MediaEvent[] = [];
  #timer: { readonly atMs: number; readonly cancel: () => void } | null = null;
  #isClosed = false;

  private constructor(
    place: MediaPlace,
    ground: MediaGround,
    { clock = systemClock, onFault = raise }: LocalMediaOptions,
  ) {
    const { plane, routed, routedAtMs } = ground;
    this.#clock = clock;
    this.#onFault = onFault;
    this.#routed = routed;
    this.#routedAtMs = routedAtMs;
    this.#plane = plane;
    try {
      this.#sockets = new MediaSockets(plane, place, { found: networkAddresses, routed: () => this.#routed });
    } catch (error) {
      plane.close();
      throw error;
    }
    this.#router = this.#makeRouter(place, ground);
    ground.onBatch = (rx, tx) => this.#batch(rx, tx);
  }

  /** Rejects with `MediaListenError` for a port that can't be opened, with `AddonMissing` when the addon was not built. */
  static async open(place: MediaPlace, options: LocalMediaOptions = {}): Promise<LocalMedia> {
    const { ground = await MediaGround.make(options.clock ?? systemClock) } = options;
    return new LocalMedia(place, ground, options);
  }

  /** UDP and TCP, on every address. */
  get port(): number {
    return this.#sockets.port;
  }

  /** Where other sides are told to send to, as of now. */
  get addresses(): readonly string[] {
    return this.#sockets.announced();
  }

  async command<T extends MediaCommandType>(command: MediaCommandOf<T>): Promise<MediaReply<T>> {
    return this.commandNow(command);
  }

  /** The same at once. */
  commandNow<T extends MediaCommandType>(command: MediaCommandOf<T>): MediaReply<T> {
    if (this.#isClosed) return ENDED;
    const { tx } = this.#plane;
    this.#reachedAs = this.#nameFor(command);
    const reply = this.#carryOut(command, tx);
    if (reply.ok) this.#remember(command);
    this.#settle();
    if (tx.count > 0) tx.flush();
    return reply;
  }

  listen(listener: (event: MediaEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  counts(): RouterCounts {
    return this.#router.counts();
  }

  /** How the lines to viewers stand now. */
  lines(): LineCounts {
    return this.#router.lines(this.#clock.nowMs());
  }

  planeCounts(): PlaneCounts {
    return this.#plane.counts();
  }

  /** Takes leave of everybody. */
  close(): void {
    if (this.#isClosed) return;
    for (const connection of [...this.#connections.keys()]) this.commandNow({ type: 'hang-up', connection });
    this.#isClosed = true;
    this.#timer?.cancel();
    this.#plane.close();
  }

  #makeRouter({ lastN = DEFAULT_MEDIA_LIMITS.seats }: MediaPlace, { addresses }: MediaGround): MediaRouter {
    const local = {
      fingerprint: { algorithm: 'sha-256', value: this.#plane.fingerprint },
      candidates: () => {
        this.#askTheWay();
        return this.#sockets.candidates(this.#reachedAs);
      },
    };
    return new MediaRouter(
      { local, mostHeldSlots: HELD_SLOTS, limits: { ...DEFAULT_MEDIA_LIMITS, seats: lastN } },
      {
        plane: this.#plane,
        slots: this.#plane.slots,
        addresses,
        random: cryptoRandom,
        hmac: cryptoHmac,
      },
    );
  }

  #carryOut<T extends MediaCommandType>(command: MediaCommandOf<T>, tx: TxTable): MediaReply<T> {
    const now = this.#clock.nowMs();
    try {
      return this.#router.command<T>(command, now, tx);
    } catch (error) {
      const { connection } = command;
      this.#onFault(error as Error);
      // Half done: of this connection nothing is certain any more.
      this.#router.command({ type: 'hang-up', connection }, now, tx);
      if (this.#connections.delete(connection)) this.#tellLater([{ type: 'closed', connection, reason: 'thread' }]);
      return FAULT;
    }
  }

  #batch(rx: RxTable, tx: TxTable): void {
    const now = this.#clock.nowMs();
    this.#router.packets(rx, now, tx);
    if ((this.#router.nextAt() ?? Number.POSITIVE_INFINITY) <= now) this.#router.tick(now, tx);
    this.#settle();
  }

  readonly #tick = (): void => {
    this.#timer = null;
    const { tx } = this.#plane;
    this.#router.tick(this.#clock.nowMs(), tx);
    this.#settle();
    if (tx.count > 0) tx.flush();
  };

  /** After each of the router's doors: takes its events along and sets the timer anew. */
  #settle(): void {
    this.#tellLater(this.#router.drain());
    this.#arm();
  }

  #tellLater(events: readonly MediaEvent[]): void {
    if (events.length === 0) return;
    if (this.#untold.length === 0) setImmediate(this.#tell);
    this.#untold.push(...events);
  }

  readonly #tell = (): void => {
    const events = this.#untold;
    this.#untold = [];
    for (const event of events) {
      if (event.type === 'closed') this.#connections.delete(event.connection);
      this.#listeners.tell(event);
    }
  };

  #remember(command: MediaCommand): void {
    if (command.type === 'hang-up') this.#connections.delete(command.connection);
    else if (command.type !== 'mute') this.#connections.set(command.connection, this.#reachedAs);
  }

  /** What was said when the connection was opened counts for its restarts too. */
  #nameFor(command: MediaCommand): ReachedAs {
    if (command.type === 'publish' || command.type === 'view') return command.reachedAs ?? null;
    const known = this.#connections.get(command.connection) ?? null;
    return command.type === 'subscribe' ? (command.reachedAs ?? known) : known;
  }

  /** A timer that fires too early is left: it finds nothing to do and sets the next. */
  #arm(): void {
    const dueMs = this.#router.nextAt();
    if (dueMs === null || (this.#timer !== null && this.#timer.atMs <= dueMs)) return;
    const atMs = Math.ceil(dueMs / TICK_MS) * TICK_MS;
    if (this.#timer?.atMs === atMs) return;
    this.#timer?.cancel();
    this.#timer = { atMs, cancel: this.#clock.after(Math.max(0, atMs - this.#clock.nowMs()), this.#tick) };
  }

  /** What comes of it is for the descriptions after this one: a way changes seldom. */
  #askTheWay(): void {
    if (this.#clock.nowMs() - this.#routedAtMs < ROUTE_AGE_MS) return;
    this.#routedAtMs = this.#clock.nowMs();
    void routedHosts().then((routed) => {
      this.#routed = routed;
    });
  }
}

function raise(error: Error): never {
  throw error;
}
