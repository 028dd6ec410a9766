import { viewByWhep, WhipError, type WhipSession } from '@madang/client';
import { createStore } from 'zustand/vanilla';
import { Flow, type FlowReading } from './flow.js';
import { LAYERS, type Quality } from './quality.js';

/**
 * `waiting`: connected, and nobody publishes. `trouble`: not connected, and tried again by itself. `refused`: trying again
 * would not help.
 */
export type WatchState = 'connecting' | 'waiting' | 'playing' | 'trouble' | 'refused';

export interface Watched {
  readonly at: WatchState;
  readonly stream: MediaStream | null;
  readonly reading: FlowReading | null;
  readonly quality: Quality;
  /** The code of what the server refused last; empty when it did not answer. */
  readonly code: string;
}

const LOOK_MS = 1_000;
/** Silence of both picture and sound for so long is somebody who publishes no more. */
const SILENT_LOOKS = 3;
const RETRY_MS = 2_000;
/** After a session that was there and is lost: the server may be back already. */
const FIRST_RETRY_MS = 200;
/** Refusals that stay: the room, the token or the address would have to be another. */
const LASTING = new Set([
  'bad_room_name',
  'room_peer_to_peer',
  'token_missing',
  'token_unknown',
  'origin_refused',
  'forbidden',
]);

/** One visit to a room by WHEP: connects, watches what comes, and comes back when it is cut off. */
export class Watching {
  readonly store = createStore<Watched>(() => ({
    at: 'connecting',
    stream: null,
    reading: null,
    quality: 'auto',
    code: '',
  }));
  readonly #url: string;
  readonly #stop = new AbortController();
  #session: WhipSession | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isConnecting = false;

  constructor(url: string) {
    this.#url = url;
    void this.#connect();
  }

  async choose(quality: Quality): Promise<void> {
    this.store.setState({ quality });
    await this.#session?.change({ layer: LAYERS[quality] }).catch(() => {});
  }

  /** Tries again at once, unless that is under way. */
  again(): void {
    if (this.#isConnecting) return;
    clearTimeout(this.#timer);
    this.store.setState({ at: 'connecting' });
    void this.#connect();
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
    void this.#session?.close();
  }

  async #connect(): Promise<void> {
    const layer = LAYERS[this.store.getState().quality];
    const options = { signal: this.#stop.signal, wish: layer === null ? {} : { layer } };
    this.#isConnecting = true;
    try {
      const { session, stream } = await viewByWhep(this.#url, options);
      this.#isConnecting = false;
      if (this.#stop.signal.aborted) return void session.close();
      this.#session = session;
      this.store.setState({ stream, code: '' });
      this.#look(session, new Flow(session.connection), 0);
      if ((await session.ended) === 'lost') this.#failed(new Error('lost'));
    } catch (error) {
      this.#failed(error);
    }
  }

  #look(session: WhipSession, flow: Flow, silentLooks: number): void {
    this.#timer = setTimeout(async () => {
      const reading = await flow.read().catch(() => null);
      if (this.#session !== session || this.#stop.signal.aborted) return;
      const silent = reading?.isFlowing === true ? 0 : silentLooks + 1;
      const { at } = this.store.getState();
      const isPlaying = silent === 0 || (at === 'playing' && silent < SILENT_LOOKS);
      const isConnected = session.connection.connectionState === 'connected';
      this.store.setState({ reading, at: isPlaying ? 'playing' : isConnected ? 'waiting' : at });
      this.#look(session, flow, silent);
    }, LOOK_MS);
  }

  #failed(error: unknown): void {
    clearTimeout(this.#timer);
    this.#isConnecting = false;
    const wasConnected = this.#session !== null;
    this.#session = null;
    if (this.#stop.signal.aborted) return;
    const code = error instanceof WhipError ? error.code : '';
    const at = LASTING.has(code) ? 'refused' : 'trouble';
    this.store.setState({ at, code, stream: null, reading: null });
    const retryMs =
      error instanceof WhipError ? (error.retryAfterMs ?? RETRY_MS) : wasConnected ? FIRST_RETRY_MS : RETRY_MS;
    if (at === 'trouble') this.#timer = setTimeout(() => void this.#connect(), retryMs);
  }
}
