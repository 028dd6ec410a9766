import type { IceServer, MediaEnd, RequestName } from '@madang/protocol';
import { Emitter } from '../emitter.js';
import { MadangError } from '../madang-error.js';
import { type Path, samePath } from '../path/index.js';
import { ConnectionRecorder, type SectionOrigin } from '../record/index.js';
import type { Peer, PeerState } from './member.js';
import { connectionConfiguration, openConnection, reconfigure } from './open-connection.js';
import { PathKeeper } from './path-keeper.js';
import type { RoomSettings } from './room-options.js';

/** So soon a connection that the server would not have, or let go, is begun anew; twice as long each time in a row. */
const RETRY_MS = 250;
const LONGEST_RETRY_MS = 8_000;

export interface ServerConnectionDeps {
  readonly settings: RoomSettings;
  /** Under which the connection is on record. */
  readonly name: string;
  /** Whether a request would be answered soon. */
  reachable(): boolean;
  stranded(): void;
  /** Whether something comes all the time. */
  expectsMedia(): boolean;
  /** The way is to be looked for anew, by an offer with other credentials. */
  restartIce(): void;
  /** Another connection has to be begun, by `open`. */
  startOver(): void;
  /** What goes in which section; for the record. */
  readonly originOf: SectionOrigin;
}

/** One connection with the media server, through as many RTCPeerConnections as it takes: each is a generation of its own. */
export class ServerConnection
  extends Emitter<{ changed: []; path: []; interrupted: []; ceased: []; recovered: [afterMs: number] }>
  implements Peer
{
  readonly #deps: ServerConnectionDeps;
  #pc: RTCPeerConnection | undefined;
  #keeper: PathKeeper | undefined;
  #recorder: ConnectionRecorder | undefined;
  #path: Path | undefined;
  #state: PeerState = 'new';
  #generation = 0;
  #failures = 0;
  #retry: unknown;

  constructor(deps: ServerConnectionDeps) {
    super();
    this.#deps = deps;
  }

  get pc(): RTCPeerConnection | undefined {
    return this.#pc;
  }
  /** The number of the present RTCPeerConnection, or of the last. */
  get generation(): number {
    return this.#generation;
  }
  get state(): PeerState {
    return this.#state;
  }
  get path(): Path | undefined {
    return this.#path;
  }
  get interrupted(): boolean {
    return this.#keeper?.isInterrupted ?? false;
  }

  /** A new one in the place of the last. Undefined where the browser makes none, which is on record. */
  open(iceServers: readonly IceServer[]): RTCPeerConnection | undefined {
    const { settings, name, originOf } = this.#deps;
    const { RTCPeerConnection: Connection, record, clock } = settings;
    // Whoever began it anew meanwhile did so instead.
    clock.clearTimeout(this.#retry);
    this.#shut();
    this.#generation += 1;
    if (Connection === undefined) return undefined;
    try {
      this.#pc = openConnection(Connection, connectionConfiguration(settings, iceServers), record, name);
    } catch (error) {
      console.warn('madang: no connection', error);
      return undefined;
    }
    const pc = this.#pc;
    pc.addEventListener('connectionstatechange', () => this.#onState(pc));
    this.#recorder = new ConnectionRecorder(pc, record, name, {
      clock,
      originOf,
      onPath: (path) => this.#onPath(path),
    });
    if (this.#keeper === undefined) this.#keeper = this.#keep();
    else this.#keeper.renew();
    return pc;
  }

  setIceServers(iceServers: readonly IceServer[]): void {
    const { settings } = this.#deps;
    const { RTCPeerConnection: Connection } = settings;
    if (this.#pc === undefined || Connection === undefined) return;
    reconfigure(this.#pc, Connection, connectionConfiguration(settings, iceServers));
  }

  /** The network of this machine changed, or is taken to have. */
  restartIce(): void {
    if (this.#pc !== undefined) this.#keeper?.networkChanged();
  }

  signalsPass(): void {
    if (this.#pc !== undefined) this.#keeper?.signalsPass();
  }

  async getStats(): Promise<RTCStatsReport> {
    return (await this.#pc?.getStats()) ?? (new Map() as unknown as RTCStatsReport);
  }

  /** It can't go on: the server refused what was asked by `request`, or the browser would not. Another is begun. */
  fail(request: RequestName, error: unknown): void {
    const { settings, name } = this.#deps;
    const said =
      error instanceof MadangError
        ? { message: `${request}: ${error.code} ${error.detail ?? ''}`.trim(), code: error.code }
        : { message: String(error) };
    settings.record.add({ type: 'negotiation-failed', peer: name, ...said });
    this.#startOverSoon();
  }

  /** The server says that it let go of the connection of this generation; of an earlier one that is no news. */
  ended(generation: number, reason: MediaEnd): void {
    if (this.#pc === undefined || generation !== this.#generation) return;
    const { settings, name } = this.#deps;
    settings.record.add({ type: 'hung-up', peer: name, reason });
    this.#keeper?.letGo();
    this.#startOverSoon();
  }

  /** Not too soon. */
  #startOverSoon(): void {
    const { settings, startOver } = this.#deps;
    settings.clock.clearTimeout(this.#retry);
    // The first time at once.
    const delayMs = this.#failures === 0 ? 0 : Math.min(RETRY_MS * 2 ** this.#failures, LONGEST_RETRY_MS);
    this.#failures += 1;
    this.#retry = settings.clock.setTimeout(startOver, delayMs);
  }

  close(): void {
    this.#deps.settings.clock.clearTimeout(this.#retry);
    this.#keeper?.close();
    this.#keeper = undefined;
    this.#shut();
    this.#failures = 0;
    this.emit('changed');
  }

  #shut(): void {
    this.#pc?.close();
    this.#recorder?.stop();
    this.#pc = undefined;
    this.#state = 'new';
    this.#path = undefined;
  }

  #onState(pc: RTCPeerConnection): void {
    if (pc !== this.#pc || pc.connectionState === 'closed') return;
    this.#state = pc.connectionState;
    if (this.#state === 'connected') this.#failures = 0;
    this.#keeper?.connectionChanged(pc, this.#state);
    this.emit('changed');
  }

  #onPath(path: Path): void {
    const same = samePath(this.#path, path);
    this.#path = path;
    if (!same) this.emit('path');
  }

  #keep(): PathKeeper {
    const { settings, name, reachable, stranded, expectsMedia, restartIce, startOver } = this.#deps;
    const { clock, record } = settings;
    const asks = { reachable, stranded, expectsMedia, restartIce, startOver };
    const keeper = new PathKeeper({ clock, polite: false, ...asks }, false);
    keeper.on('interrupted', () => {
      if (keeper.isInterrupted) record.add({ type: 'interrupted', peer: name });
      this.emit('interrupted');
    });
    keeper.on('ceased', () => this.emit('ceased'));
    keeper.on('recovered', (afterMs) => {
      record.add({ type: 'recovered', peer: name, afterMs });
      this.emit('recovered', afterMs);
    });
    return keeper;
  }
}
