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
import type { MediaPlace } from './media-place.js';
import type { MediaReading } from './media-reading.js';
import { MediaWorker, type MediaWorkerListener } from './media-worker.js';
import type { SpareThread } from './spare-thread.js';

export interface ThreadDeath {
  /** The thread's. */
  readonly port: number;
  /** What it has died of. */
  readonly error: Error;
  /** How many were cut. */
  readonly connections: number;
  /** When it is tried again. */
  readonly againInMs: number;
}

export interface WorkerMediaOptions {
  /** Hears of a thread's death, and of each time that it could not begin again. */
  readonly onCrash: (death: ThreadDeath) => void;
  /** Hears that a thread is there again, so long after it had died. */
  readonly onReturn?: (port: number, awayMs: number) => void;
  /** Hears a mistake of ours that cost a connection, and not the thread. */
  readonly onFault: (error: Error) => void;
  /** What takes the place of a thread that died, if there is one. */
  readonly spare?: SpareThread;
  readonly clock?: Clock;
}

type State =
  | { readonly type: 'running'; readonly worker: MediaWorker; readonly sinceMs: number }
  /** It has died, and is to begin again. */
  | { readonly type: 'gone'; readonly sinceMs: number }
  | { readonly type: 'closed' };

/** The first death is made good at once; who keeps dying must not keep a core busy with it. */
const NO_PAUSE_MS = 0;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** A thread that has lived so long has not died of how it begins. */
const LONG_LIFE_MS = 60_000;
const CLOSE_PATIENCE_MS = 2_000;

const UNAVAILABLE = { ok: false, code: 'unavailable', detail: 'The media thread has ended.' } as const;

/**
 * The media of a thread of its own. When that dies its connections are closed with `thread`, commands are answered with
 * `unavailable`, and it begins again on the same port: at once, and while it keeps dying after a pause that doubles.
 */
export class WorkerMedia implements MediaPort {
  readonly #options: WorkerMediaOptions;
  readonly #clock: Clock;
  readonly #listeners = new EventListeners();
  readonly #connections = new Set<ConnectionId>();
  #place: MediaPlace;
  #addresses: readonly string[] = [];
  #state: State = { type: 'gone', sinceMs: 0 };
  #deaths = 0;
  #pauseMs = NO_PAUSE_MS;
  #endPause: () => void = () => {};
  #arriving: Promise<void> = Promise.resolve();

  private constructor(place: MediaPlace, options: WorkerMediaOptions) {
    this.#place = place;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Rejects with `MediaListenError` for a port that can't be opened, with `AddonMissing` when the addon was not built. */
  static async open(place: MediaPlace, options: WorkerMediaOptions): Promise<WorkerMedia> {
    const media = new WorkerMedia(place, options);
    await media.#begin();
    return media;
  }

  get isRunning(): boolean {
    return this.#state.type === 'running';
  }

  /** Resolves when a thread that is on its way has begun, or could not; at once while there is none. */
  get arriving(): Promise<void> {
    return this.#arriving;
  }

  /** How often the thread has died. */
  get deaths(): number {
    return this.#deaths;
  }

  /** UDP, on every address. */
  get port(): number {
    return this.#place.port;
  }

  /** Where other sides were told to send to when the thread began. */
  get addresses(): readonly string[] {
    return this.#addresses;
  }

  async command<T extends MediaCommandType>(command: MediaCommandOf<T>): Promise<MediaReply<T>> {
    if (this.#state.type !== 'running') return UNAVAILABLE;
    const reply = await this.#state.worker.command(command);
    if (reply.ok) this.#remember(command);
    return reply as MediaReply<T>;
  }

  listen(listener: (event: MediaEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** How it stands; null when it does not say so within `patienceMs`. */
  async read(patienceMs: number): Promise<MediaReading | null> {
    return this.#state.type === 'running' ? this.#state.worker.read(patienceMs) : null;
  }

  /** Takes leave of everybody. Resolves when the thread is no more. */
  async close(): Promise<void> {
    const state = this.#state;
    this.#state = { type: 'closed' };
    this.#endPause();
    if (state.type === 'running') await state.worker.close(CLOSE_PATIENCE_MS);
    await this.#arriving;
  }

  /** Ends the thread where it stands, as a crash does. */
  async crash(): Promise<void> {
    if (this.#state.type === 'running') await this.#state.worker.kill();
  }

  async #begin(): Promise<void> {
    const listener: MediaWorkerListener = {
      event: (event) => this.#hear(event),
      fault: (error) => this.#options.onFault(error),
      ended: (error) => this.#ended(error),
    };
    const worker = await MediaWorker.start(this.#place, listener, this.#options.spare?.take() ?? undefined);
    if (this.#state.type === 'closed') {
      await worker.close(CLOSE_PATIENCE_MS);
      return;
    }
    this.#place = { ...this.#place, port: worker.port };
    this.#addresses = worker.addresses;
    const nowMs = this.#clock.nowMs();
    if (this.#deaths > 0) this.#options.onReturn?.(this.port, nowMs - this.#state.sinceMs);
    this.#state = { type: 'running', worker, sinceMs: nowMs };
  }

  #hear(event: MediaEvent): void {
    if (event.type === 'closed') this.#connections.delete(event.connection);
    this.#listeners.tell(event);
  }

  #remember(command: MediaCommand): void {
    const { type } = command;
    if (type === 'publish' || type === 'view' || type === 'subscribe') this.#connections.add(command.connection);
    if (type === 'hang-up') this.#connections.delete(command.connection);
  }

  #ended(error: Error | undefined): void {
    if (this.#state.type !== 'running') return;
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#state.sinceMs > LONG_LIFE_MS) this.#pauseMs = NO_PAUSE_MS;
    this.#state = { type: 'gone', sinceMs: nowMs };
    this.#deaths++;
    const lost = [...this.#connections];
    this.#connections.clear();
    this.#pause(error ?? new Error('the media thread has ended'), lost.length);
    // After the replies to those who were waiting, whatever number of promises lies between.
    setImmediate(() => {
      for (const connection of lost) this.#listeners.tell({ type: 'closed', connection, reason: 'thread' });
    });
  }

  #pause(error: Error, connections: number): void {
    const pauseMs = this.#pauseMs;
    this.#options.onCrash({ port: this.port, error, connections, againInMs: pauseMs });
    this.#pauseMs = Math.min(Math.max(2 * pauseMs, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
    if (pauseMs === NO_PAUSE_MS) this.#beginAgain();
    else this.#endPause = this.#clock.after(pauseMs, () => this.#beginAgain());
  }

  #beginAgain(): void {
    this.#arriving = this.#begin().catch((reason: Error) => {
      if (this.#state.type === 'gone') this.#pause(reason, 0);
    });
  }
}
