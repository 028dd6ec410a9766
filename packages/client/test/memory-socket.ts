import type { SignalSocket } from '../src/link/index.js';
import type { MemoryServer } from './memory-server.js';

type Listener = (...args: never[]) => void;

let links = 0;

/** A socket.io client socket whose other end is a `MemoryServer`. What is said arrives later, in order, as copies. */
export class MemorySocket implements SignalSocket {
  connected = false;
  /** The id of the current connection, as the server knows it. */
  link = '';
  member: string | undefined;
  /** True while nothing comes through and nobody notices. */
  silent = false;
  readonly #server: MemoryServer;
  readonly #listeners = new Map<string, Listener[]>();
  #lastArrivalMs = { up: 0, down: 0 };

  constructor(server: MemoryServer) {
    this.#server = server;
  }

  connect(): void {
    this.#later('up', () => {
      if (this.connected) return;
      const { up, turnAway } = this.#server;
      if (!up || turnAway !== undefined) return this.#tell('connect_error', turnAway ?? new Error('refused'));
      links += 1;
      this.link = `link-${links}`;
      this.connected = true;
      this.silent = false;
      this.#server.sockets.add(this);
      this.#tell('connect');
    });
  }

  /** What was emitted before still arrives. */
  disconnect(): void {
    if (!this.connected) return;
    this.connected = false;
    const { link } = this;
    this.#later('up', () => {
      if (this.link === link) this.#gone();
    });
    this.#tell('disconnect');
  }

  /** The connection breaks, and both ends notice. */
  drop(): void {
    if (!this.connected) return;
    this.connected = false;
    this.#gone();
    this.#tell('disconnect');
  }

  /** The server says that another connection has the membership now, and closes this one. */
  replaced(): void {
    const { link } = this;
    this.member = undefined;
    this.#later('down', () => {
      if (this.link !== link || !this.connected || this.silent) return;
      this.#tell('replaced');
      this.drop();
    });
  }

  #gone(): void {
    if (!this.#server.sockets.delete(this)) return;
    this.#server.detach(this);
    this.member = undefined;
  }

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  emit(name: string, payload: unknown, acknowledge?: (reply: unknown) => void): void {
    const { link } = this;
    const copy = structuredClone(payload);
    this.#later('up', () => {
      if (!this.#server.sockets.has(this) || this.link !== link || this.silent) return;
      const reply = structuredClone(this.#server.handle(this, name, copy));
      this.#later('down', () => {
        if (this.link === link && this.connected && !this.silent) acknowledge?.(reply);
      });
    });
  }

  receive(event: object): void {
    const { link } = this;
    const copy = structuredClone(event);
    this.#later('down', () => {
      if (this.link === link && this.connected && !this.silent) this.#tell('event', copy);
    });
  }

  #later(way: 'up' | 'down', run: () => void): void {
    const { time, latencyMs } = this.#server;
    const atMs = Math.max(this.#lastArrivalMs[way], time.nowMs() + latencyMs());
    this.#lastArrivalMs[way] = atMs;
    time.after(atMs - time.nowMs(), run);
  }

  #tell(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) (listener as (...args: unknown[]) => void)(...args);
  }
}
