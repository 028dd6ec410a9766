import type {
  ConnectionId,
  MediaCommand,
  MediaCommandOf,
  MediaCommandType,
  MediaEvent,
  MediaPort,
  MediaReply,
} from '@madang/engine';
import { type Clock, systemClock } from './clock.js';
import { EventListeners } from './event-listeners.js';
import { inTime } from './in-time.js';
import type { MediaPlace } from './media-place.js';
import { SpareThread } from './spare-thread.js';
import { WorkerMedia, type WorkerMediaOptions } from './worker-media.js';

interface Thread {
  readonly media: WorkerMedia;
  /** How many connections each of its rooms has. */
  readonly rooms: Map<string, number>;
  connections: number;
}

interface Seat {
  readonly thread: Thread;
  readonly room: string;
}

type OpeningCommand = MediaCommandOf<'publish'> | MediaCommandOf<'view'> | MediaCommandOf<'subscribe'>;

function opens(command: MediaCommand): command is OpeningCommand {
  return command.type === 'publish' || command.type === 'view' || command.type === 'subscribe';
}

function isNothingToTheGone({ type }: MediaCommand): boolean {
  return type === 'hang-up' || type === 'mute';
}

/** So long whoever comes waits for a thread that has just died: most often it is there again much sooner. */
const RETURN_PATIENCE_MS = 2_000;

const NOBODY = { ok: false, code: 'unavailable', detail: 'There is no media thread.' } as const;
const TAKEN = { ok: false, code: 'connection_exists', detail: 'There is a connection of this name already.' } as const;
const UNKNOWN = { ok: false, code: 'unknown_connection', detail: 'There is no connection of this name.' } as const;

/**
 * The media of a process: rooms placed on the least loaded of its threads. A room stays where it is while anybody is
 * connected to it. Without a thread every connection is refused with `unavailable`.
 */
export class MediaThreads implements MediaPort {
  readonly threads: readonly WorkerMedia[];
  readonly #threads: readonly Thread[];
  readonly #listeners = new EventListeners();
  readonly #seats = new Map<ConnectionId, Seat>();
  /** Those that wait for a thread that has died, and have no seat yet. */
  readonly #waiting = new Map<ConnectionId, OpeningCommand>();
  readonly #rooms = new Map<string, Thread>();
  readonly #spare: SpareThread | undefined;
  readonly #clock: Clock;

  /** `spare`: the one that they share. */
  constructor(threads: readonly WorkerMedia[], { spare, clock = systemClock }: Partial<WorkerMediaOptions> = {}) {
    this.threads = threads;
    this.#spare = spare;
    this.#clock = clock;
    this.#threads = threads.map((media) => ({ media, rooms: new Map<string, number>(), connections: 0 }));
    for (const { media } of this.#threads) media.listen((event) => this.#hear(event));
  }

  /**
   * Starts `count` threads, whose ports count up from that of `place`. Rejects with `MediaListenError` for a port that can't
   * be opened, with `AddonMissing` when the addon was not built.
   */
  static async open(place: MediaPlace, count: number, options: WorkerMediaOptions): Promise<MediaThreads> {
    const places = Array.from({ length: count }, (_, ix) =>
      place.port === 0 ? place : { ...place, port: place.port + ix },
    );
    const spare = options.spare ?? new SpareThread(options.clock);
    const opening = await Promise.allSettled(places.map((each) => WorkerMedia.open(each, { ...options, spare })));
    const threads = opening.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const failed = opening.find((each) => each.status === 'rejected');
    if (failed === undefined) return new MediaThreads(threads, { ...options, spare });
    await Promise.all(threads.map((media) => media.close()));
    throw failed.reason;
  }

  async command<T extends MediaCommandType>(command: MediaCommandOf<T>): Promise<MediaReply<T>> {
    const { connection } = command;
    const seat = this.#seats.get(connection);
    if (seat === undefined) {
      if (opens(command)) return (await this.#enter(command)) as MediaReply<T>;
      if (command.type === 'hang-up') this.#waiting.delete(connection);
      return (isNothingToTheGone(command) ? { ok: true } : UNKNOWN) as MediaReply<T>;
    }
    if (command.type === 'publish' || command.type === 'view') return TAKEN;
    const reply = await seat.thread.media.command(command);
    if (command.type === 'hang-up' && reply.ok) this.#leave(connection);
    return reply;
  }

  listen(listener: (event: MediaEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Connections and rooms of each thread. */
  loads(): readonly { readonly connections: number; readonly rooms: number }[] {
    return this.#threads.map(({ connections, rooms }) => ({ connections, rooms: rooms.size }));
  }

  /** Takes leave of everybody. Resolves when every thread is no more. */
  async close(): Promise<void> {
    await Promise.all([...this.threads.map((media) => media.close()), this.#spare?.close()]);
  }

  async #enter(command: OpeningCommand): Promise<MediaReply> {
    const { connection, room } = command;
    if (this.#placeFor(room) === null) {
      if (this.#waiting.has(connection)) return TAKEN;
      this.#waiting.set(connection, command);
      await inTime(Promise.all(this.threads.map(({ arriving }) => arriving)), RETURN_PATIENCE_MS, this.#clock);
      // Whoever hung up meanwhile is given no seat.
      if (this.#waiting.get(connection) !== command) return UNKNOWN;
      this.#waiting.delete(connection);
    }
    const thread = this.#placeFor(room);
    if (thread === null) return NOBODY;
    if (this.#seats.has(connection)) return TAKEN;
    // Counted from now on, so that the next room goes elsewhere; and whoever asks for this name is refused.
    const seat = { thread, room };
    this.#sit(connection, seat);
    const reply = await thread.media.command(command);
    // What came back may be of somebody who has been closed, or hung up, meanwhile.
    if (!reply.ok && this.#seats.get(connection) === seat) this.#leave(connection);
    return reply;
  }

  /** Null while all threads are dead. */
  #placeFor(room: string): Thread | null {
    return this.#rooms.get(room) ?? this.#leastLoaded();
  }

  #leastLoaded(): Thread | null {
    const running = this.#threads.filter(({ media }) => media.isRunning);
    const byLoad = (one: Thread, other: Thread) =>
      one.connections - other.connections || one.rooms.size - other.rooms.size;
    return running.sort(byLoad)[0] ?? null;
  }

  #sit(connection: ConnectionId, seat: Seat): void {
    const { thread, room } = seat;
    this.#seats.set(connection, seat);
    this.#rooms.set(room, thread);
    thread.rooms.set(room, (thread.rooms.get(room) ?? 0) + 1);
    thread.connections++;
    this.#spare?.keep();
  }

  #leave(connection: ConnectionId): void {
    const seat = this.#seats.get(connection);
    if (seat === undefined) return;
    const { thread, room } = seat;
    this.#seats.delete(connection);
    thread.connections--;
    const left = (thread.rooms.get(room) ?? 1) - 1;
    if (left > 0) {
      thread.rooms.set(room, left);
      return;
    }
    thread.rooms.delete(room);
    this.#rooms.delete(room);
  }

  #hear(event: MediaEvent): void {
    if (event.type === 'closed') this.#leave(event.connection);
    this.#listeners.tell(event);
  }
}
