import {
  type ConnectionId,
  DEFAULT_MEDIA_LIMITS,
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
import { type MediaPlane, openMediaPlane, type PlaneCounts, type TcpPorts } from '@madang/native';
import { networkAddresses } from '../network/index.js';
import { type Clock, systemClock } from './clock.js';
import { cryptoHmac } from './crypto-hashes.js';
import { cryptoRandom } from './crypto-random.js';
import { EventListeners } from './event-listeners.js';
import type { MediaPlace } from './media-place.js';
import { MediaSockets } from './media-sockets.js';
import { PlaneAddresses } from './plane-addresses.js';
import { routedHosts } from './turn/routed-hosts.js';

/** Those of peers are kept, strangers' pass through. */
const ADDRESSES = 1 << 16;
/** Datagrams that can be there at once, and those of them that stay for retransmissions. */
const SLOTS = 1 << 13;
const HELD_SLOTS = SLOTS / 2;
/** How old what is known of the way to the internet may be when somebody is told our addresses. */
const ROUTE_AGE_MS = 5_000;

/**
 * The media of this thread: a `MediaPort` over one plane, one router, one clock and one timer.
 *
 * Commands are carried out at once, in the order of the calls; what they caused is told when the current turn of the event
 * loop ends: that is after every reply of the turn.
 */
export class LocalMedia implements MediaPort {
  readonly #plane: MediaPlane & TcpPorts;
  readonly #router: MediaRouter;
  readonly #sockets: MediaSockets;
  readonly #clock: Clock;
  readonly #listeners = new EventListeners();
  readonly #connections = new Set<ConnectionId>();
  #routed: readonly string[];
  #routedAtMs: number;
  #untold: MediaEvent[] = [];
  #timer: { readonly atMs: number; readonly cancel: () => void } | null = null;
  #isClosed = false;

  private constructor(place: MediaPlace, routed: readonly string[], clock: Clock) {
    this.#clock = clock;
    this.#routed = routed;
    this.#routedAtMs = clock.nowMs();
    this.#plane = openMediaPlane({
      sizes: { addresses: ADDRESSES, slots: SLOTS },
      onBatch: (rx, tx) => this.#batch(rx, tx),
    });
    try {
      this.#sockets = new MediaSockets(this.#plane, place, { found: networkAddresses, routed: () => this.#routed });
    } catch (error) {
      this.#plane.close();
      throw error;
    }
    this.#router = this.#makeRouter();
  }

  /** Rejects with `MediaListenError` for a port that can't be opened, with `AddonMissing` when the addon was not built. */
  static async open(place: MediaPlace, clock: Clock = systemClock): Promise<LocalMedia> {
    return new LocalMedia(place, await routedHosts(), clock);
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
    if (this.#isClosed) return { ok: false, code: 'unavailable', detail: 'The media thread has ended.' };
    const { tx } = this.#plane;
    const now = this.#clock.nowMs();
    const reply = this.#router.command<T>(command, now, tx);
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

  planeCounts(): PlaneCounts {
    return this.#plane.counts();
  }

  /** Takes leave of everybody. */
  close(): void {
    if (this.#isClosed) return;
    for (const connection of [...this.#connections]) this.commandNow({ type: 'hang-up', connection });
    this.#isClosed = true;
    this.#timer?.cancel();
    this.#plane.close();
  }

  #makeRouter(): MediaRouter {
    const local = {
      fingerprint: { algorithm: 'sha-256', value: this.#plane.fingerprint },
      candidates: () => {
        this.#askTheWay();
        return this.#sockets.candidates();
      },
    };
    return new MediaRouter(
      { local, mostHeldSlots: HELD_SLOTS, limits: DEFAULT_MEDIA_LIMITS },
      {
        plane: this.#plane,
        slots: this.#plane.slots,
        addresses: new PlaneAddresses(this.#plane, ADDRESSES),
        random: cryptoRandom,
        hmac: cryptoHmac,
      },
    );
  }

  #batch(rx: RxTable, tx: TxTable): void {
    this.#router.packets(rx, this.#clock.nowMs(), tx);
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
    const events = this.#router.drain();
    if (events.length > 0) {
      if (this.#untold.length === 0) setImmediate(this.#tell);
      this.#untold.push(...events);
    }
    this.#arm();
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
    if (command.type === 'publish' || command.type === 'view') this.#connections.add(command.connection);
    if (command.type === 'hang-up') this.#connections.delete(command.connection);
  }

  /** A timer that fires too early is left: it finds nothing to do and sets the next. */
  #arm(): void {
    const atMs = this.#router.nextAt();
    if (atMs === null || (this.#timer !== null && this.#timer.atMs <= atMs)) return;
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
