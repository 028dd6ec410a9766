import type { Logger } from 'pino';
import type { Config } from '../config/index.js';
import type { Listener } from '../http/index.js';
import type { LocalRooms, MediaThreads, TurnPlaces, TurnService } from '../media/index.js';
import type { Sentence } from '../messages/index.js';
import type { Signal } from '../signal/index.js';
import type { WhipDoor } from '../whip/index.js';
import { type ProbedAddresses, probeAddresses } from './probe-addresses.js';
import { type OpenPorts, type ReachableUrls, reachableUrls } from './reachable-urls.js';
import { checkListener } from './self-check.js';
import type { ServerState } from './server-state.js';

interface ServerParts {
  readonly config: Config;
  readonly log: Logger;
  readonly version: string;
  readonly rooms: LocalRooms;
  readonly signal: Signal;
  readonly whip: WhipDoor;
  readonly state: ServerState;
  readonly listeners: readonly Listener[];
  readonly media: MediaThreads;
  /** Null when it is off, or can't be had. */
  readonly turn: TurnService | null;
  turnPlaces(): TurnPlaces | null;
  readonly authority: string | null;
  readonly warnings: readonly Sentence[];
  stopWatching(): void;
}

const DRAIN_CHECK_MS = 50;

/** A server that listens, until it is closed. */
export class RunningServer {
  readonly #parts: ServerParts;
  readonly urls: ReachableUrls;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.urls = reachableUrls(parts.config, parts.state.ports);
  }

  get config(): Config {
    return this.#parts.config;
  }
  get log(): Logger {
    return this.#parts.log;
  }
  get version(): string {
    return this.#parts.version;
  }
  /** The ports in fact open; null for one that is off. */
  get ports(): OpenPorts {
    return this.#parts.state.ports;
  }
  /** Those of the STUN and TURN server in fact open; null for one that is off. */
  get turnPorts(): { readonly turnPort: number | null; readonly turnsPort: number | null } {
    const { turn } = this.#parts;
    const portOf = (wanted: string) => turn?.addresses.find(({ transport }) => transport === wanted)?.port ?? null;
    return { turnPort: portOf('tcp'), turnsPort: portOf('tls') };
  }
  /** Of each media thread. */
  get mediaPorts(): readonly number[] {
    return this.#parts.media.threads.map(({ port }) => port);
  }
  /** The local authority's certificate in PEM; null when certificates were given or HTTPS is off. */
  get authority(): string | null {
    return this.#parts.authority;
  }
  /** Sentences for the operator. */
  get warnings(): readonly Sentence[] {
    return this.#parts.warnings;
  }
  get members(): number {
    return this.#parts.rooms.stats().members;
  }

  /** What answers of the addresses that others are told; takes some seconds when one leads nowhere. */
  probed(): Promise<ProbedAddresses> {
    return probeAddresses(this.urls, this.#parts.turnPlaces(), this.#parts.media);
  }

  /** Resolves when each listener has answered its own `/healthz`; rejects when one does not. */
  async checked(): Promise<void> {
    const { listeners, config } = this.#parts;
    await Promise.all(listeners.map((listener) => checkListener(listener, config.basePath)));
  }

  /**
   * `/healthz` answers 503, members are told, nobody new is let in. Resolves when the last member has left, or after the
   * configured time.
   */
  async drain(): Promise<void> {
    const { state, rooms, config } = this.#parts;
    const withinMs = config.drainSeconds * 1_000;
    state.draining = true;
    await rooms.command({ type: 'drain', withinMs });
    const deadline = performance.now() + withinMs;
    while (this.members > 0 && performance.now() < deadline) await pause(DRAIN_CHECK_MS);
  }

  /** Ends every connection and closes the ports. */
  async close(): Promise<void> {
    const { stopWatching, signal, whip, listeners, media, turn } = this.#parts;
    stopWatching();
    whip.close();
    await signal.close();
    await Promise.all([...listeners, media, ...(turn === null ? [] : [turn])].map((each) => each.close()));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
