import { type Clock, systemClock } from '../clock.js';
import { candidatePath, type Path, samePath } from '../path/index.js';
import type { CallRecord } from './call-record.js';
import { candidateKey, candidatesOf, readCandidateLine } from './candidate-line.js';
import { DescriptionWatch, type SetDescription } from './description-watch.js';
import type { CandidateFact, Direction, FactBody, PeerId } from './fact.js';
import { readFirsts } from './read-firsts.js';
import { pairsKey, readPairs } from './read-pairs.js';
import { Sampler } from './sampler.js';
import { type OriginOf, type SectionOrigin, sectionSources } from './section-sources.js';
import { type Row, type Rows, rowsOf, rowsOfType, textIn } from './stats-rows.js';

/** Once a second; more often while things begin, so that what passes quickly is seen. */
const PERIOD_MS = 1_000;
const BEGINNING_MS = 250;
/** So long after it is connected a connection still begins: first packets, first frames. */
const SETTLED_AFTER_MS = 3_000;
/** So long a connection is looked at often while it tries; then it tries in vain, and can be looked at less often. */
const TRYING_MS = 30_000;

export interface RecordConnectionOptions {
  readonly clock?: Clock;
  /** Told of the path at each reading while there is one, so that nobody else needs to read the statistics. */
  readonly onPath?: (path: Path) => void;
  /** What goes in which section. Default: the first of sound is the microphone, the first picture the camera. */
  readonly originOf?: SectionOrigin;
}

/** A fact of this connection, without its peer. */
type Told = FactBody extends infer F ? (F extends { readonly peer: PeerId } ? Omit<F, 'peer'> : never) : never;

/** Notes what one RTCPeerConnection tells by its events and, once a second, by its statistics. */
export class ConnectionRecorder {
  readonly #pc: RTCPeerConnection;
  readonly #record: CallRecord;
  readonly #peer: PeerId;
  readonly #clock: Clock;
  readonly #onPath: ((path: Path) => void) | undefined;
  readonly #originOf: OriginOf;
  readonly #sampler: Sampler;
  readonly #descriptions: DescriptionWatch;
  readonly #undo: (() => void)[] = [];
  /** What is told once: candidates, firsts, ends. */
  readonly #told = new Set<string>();
  readonly #states = new Map<string, string>();
  readonly #ufrags = new Map<Direction, string>();
  readonly #openedMs: number;
  #transport: RTCDtlsTransport | undefined;
  #path: Path | undefined;
  #pairs = '';
  #connectedMs: number | undefined;
  #sampledMs = Number.NEGATIVE_INFINITY;
  #timer: unknown;
  #reading = false;
  #over = false;

  constructor(pc: RTCPeerConnection, record: CallRecord, peer: PeerId, options: RecordConnectionOptions = {}) {
    this.#pc = pc;
    this.#record = record;
    this.#peer = peer;
    this.#clock = options.clock ?? systemClock;
    this.#onPath = options.onPath;
    this.#originOf = sectionSources(pc, options.originOf);
    this.#sampler = new Sampler(this.#originOf);
    this.#descriptions = new DescriptionWatch(pc);
    this.#openedMs = this.#clock.now();
    this.#tell({ type: 'connection-opened' });
    this.#listen();
    this.#onDescriptions();
    this.#onStates();
    this.#arm();
  }

  /** A candidate of the other side is being handed to the connection; the empty one says that there are no more. */
  candidateReceived(candidate: string): void {
    if (candidate === '') this.#once('received end', { type: 'candidates-end', direction: 'received' });
    else this.#candidate('received', readCandidateLine(candidate));
  }

  /** No more is noted, and the connection counts as closed. */
  stop(): void {
    if (this.#over) return;
    this.#over = true;
    this.#clock.clearTimeout(this.#timer);
    for (const undo of this.#undo.splice(0)) undo();
    this.#tell({ type: 'connection-closed' });
  }

  #listen(): void {
    const pc = this.#pc;
    this.#on(pc, 'signalingstatechange', () => this.#onDescriptions());
    this.#on(pc, 'icecandidate', ({ candidate }: RTCPeerConnectionIceEvent) => this.#onCandidate(candidate));
    this.#on(pc, 'icecandidateerror', ({ url, errorCode, errorText }: RTCPeerConnectionIceErrorEvent) =>
      this.#tell({ type: 'candidate-error', url, code: errorCode, text: errorText }),
    );
    for (const event of ['icegatheringstatechange', 'iceconnectionstatechange', 'connectionstatechange']) {
      this.#on(pc, event, () => {
        this.#onStates();
        void this.#read().then(() => this.#arm());
      });
    }
  }

  #on<E>(target: EventTarget, event: string, listener: (event: E) => void): void {
    target.addEventListener(event, listener as never);
    this.#undo.push(() => target.removeEventListener(event, listener as never));
  }

  #tell(told: Told): void {
    this.#record.add({ ...told, peer: this.#peer } as FactBody);
  }

  #once(key: string, told: Told): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#tell(told);
  }

  #onDescriptions(): void {
    for (const description of this.#descriptions.fresh()) {
      this.#beginGeneration(description);
      this.#tell({ type: 'description', ...description });
    }
    this.#watchTransport();
  }

  /** After an ICE restart the candidates are told anew, as they come anew. */
  #beginGeneration({ direction, sdp }: SetDescription): void {
    const ufrag = /^a=ice-ufrag:(.*)$/m.exec(sdp)?.[1] ?? '';
    if (this.#ufrags.get(direction) === ufrag) return;
    if (this.#ufrags.has(direction))
      for (const key of [...this.#told]) if (key.startsWith(direction)) this.#told.delete(key);
    this.#ufrags.set(direction, ufrag);
  }

  #onCandidate(candidate: RTCIceCandidate | null): void {
    if (candidate === null || candidate.candidate === '') {
      this.#once('sent end', { type: 'candidates-end', direction: 'sent' });
      return;
    }
    const read = readCandidateLine(candidate.candidate);
    const { url } = candidate as { readonly url?: string | null };
    this.#candidate('sent', read && url ? { ...read, url } : read);
  }

  #candidate(direction: Direction, candidate: CandidateFact | undefined): void {
    if (candidate === undefined) return;
    this.#once(`${direction} ${candidateKey(candidate)}`, { type: 'candidate', direction, candidate });
  }

  #onStates(): void {
    const pc = this.#pc;
    this.#watchTransport();
    this.#state('gathering', pc.iceGatheringState, 'new');
    this.#state('ice', pc.iceConnectionState, 'new');
    this.#state('dtls', this.#transport?.state, 'new');
    this.#state('connection', pc.connectionState, 'new');
    if (pc.connectionState === 'connected') this.#connectedMs ??= this.#clock.now();
    else this.#connectedMs = undefined;
  }

  #state(type: 'gathering' | 'ice' | 'connection' | 'dtls', state: string | undefined, initial: string): void {
    if (state === undefined || (this.#states.get(type) ?? initial) === state) return;
    this.#states.set(type, state);
    this.#tell({ type, state } as Told);
  }

  /** All sections are bundled, so any transport is the transport. It is there from the first description on. */
  #watchTransport(): void {
    const [sender] = this.#pc.getSenders();
    const transport = sender?.transport ?? this.#pc.sctp?.transport ?? undefined;
    if (transport == null || transport === this.#transport) return;
    this.#transport = transport;
    const look = (): void => {
      this.#onStates();
      void this.#read();
    };
    if (typeof transport.addEventListener === 'function') this.#on(transport, 'statechange', look);
    const ice = transport.iceTransport as RTCIceTransport | undefined;
    if (typeof ice?.addEventListener === 'function') this.#on(ice, 'selectedcandidatepairchange', look);
  }

  #arm(): void {
    if (this.#over) return;
    // How soon to look again is another matter after a change of state.
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => {
      if (this.#pc.connectionState === 'closed') return this.stop();
      this.#onStates();
      this.#remoteCandidates();
      void this.#read().then(() => this.#arm());
    }, this.#periodMs());
  }

  #periodMs(): number {
    const now = this.#clock.now();
    const begins =
      this.#connectedMs === undefined
        ? this.#pc.connectionState === 'connecting' && now - this.#openedMs < TRYING_MS
        : now - this.#connectedMs < SETTLED_AFTER_MS;
    return begins ? BEGINNING_MS : PERIOD_MS;
  }

  /** What nobody handed in by `candidateReceived` stands in the description. */
  #remoteCandidates(): void {
    const sdp = this.#pc.remoteDescription?.sdp;
    if (sdp === undefined || this.#told.has('received end')) return;
    const { candidates, ended } = candidatesOf(sdp);
    for (const candidate of candidates) this.#candidate('received', candidate);
    if (ended) this.candidateReceived('');
  }

  async #read(): Promise<void> {
    if (this.#reading || this.#over) return;
    this.#reading = true;
    const rows = (await this.#pc.getStats().then(rowsOf as never, () => undefined)) as Rows | undefined;
    this.#reading = false;
    if (rows !== undefined && !this.#over) this.#take(rows);
  }

  #take(rows: Rows): void {
    this.#takePairs(rows);
    this.#state('dtls', textIn(rowsOfType(rows, 'transport')[0], 'dtlsState'), 'new');
    for (const first of readFirsts(rows, this.#originOf)) {
      this.#once(`first ${first.what} ${first.source} ${first.member ?? ''}`, { type: 'first', ...first });
    }
    this.#takePath(rows);
    const now = this.#clock.now();
    // Readings between two samples would make rates of a quarter of a second.
    if (this.#connectedMs === undefined || now - this.#sampledMs < PERIOD_MS * 0.9) return;
    this.#sampledMs = now;
    this.#tell({ type: 'sample', sample: this.#sampler.sample(rows) });
  }

  #takePairs(rows: Rows): void {
    const pairs = readPairs(rows);
    const key = pairsKey(pairs);
    if (key === this.#pairs) return;
    this.#pairs = key;
    this.#tell({ type: 'pairs', pairs });
  }

  #takePath(rows: Rows): void {
    if (this.#connectedMs === undefined) return;
    const path = candidatePath(rows as { forEach(visit: (row: Row) => void): void });
    if (path === undefined) return;
    if (!samePath(this.#path, path)) this.#tell({ type: 'path', path });
    this.#path = path;
    this.#onPath?.(path);
  }
}
