import type { PeerSignal, Source, TrackDescription } from '@madang/protocol';
import type { Clock } from '../clock.js';
import type { DataLink } from '../data/index.js';
import { Emitter } from '../emitter.js';
import type { RoomEncryption } from '../encryption/index.js';
import type { Incoming, LocalMedia } from '../media/index.js';
import { type Path, samePath } from '../path/index.js';
import { type CallRecord, ConnectionRecorder } from '../record/index.js';
import { candidateSignal } from './candidate-signal.js';
import { mark } from './marks.js';
import type { Peer, PeerState } from './member.js';
import {
  type CallSignal,
  firstOffer,
  type Negotiation,
  type NegotiationAction,
  type NegotiationInput,
  type NegotiationStep,
  negotiation,
  negotiationStep,
} from './negotiation.js';
import { PathKeeper } from './path-keeper.js';
import { Sections } from './sections.js';
import { watchPlayback } from './watch-playback.js';

export interface PeerLinkDeps {
  /** The other member. */
  readonly id: string;
  readonly polite: boolean;
  /** The newcomer makes the first offer; the others wait for it, so that nobody collides at a join. */
  readonly offersFirst: boolean;
  readonly media: LocalMedia;
  readonly encryption: RoomEncryption;
  readonly data: DataLink;
  readonly clock: Clock;
  readonly record: CallRecord;
  create(): RTCPeerConnection;
  send(signal: PeerSignal): void;
  /** Whether this side may send media: not as a viewer. */
  publishes(): boolean;
  /** Other members that get the same media. */
  others(): number;
  /** Whether a signal would arrive soon. */
  reachable(): boolean;
  /** Signals have to pass and can't, though the server can be reached as far as is known. */
  stranded(): void;
  /** Whether the other side says that it sends sound or picture all the time. */
  expectsMedia(): boolean;
}

/** The direct connection to one other member, through as many RTCPeerConnections as it takes. */
export class PeerLink
  extends Emitter<{
    changed: [];
    path: [];
    /** Media are away, or back. */
    interrupted: [];
    /** Media are back after so many milliseconds. */
    recovered: [afterMs: number];
  }>
  implements Peer
{
  readonly #deps: PeerLinkDeps;
  #pc: RTCPeerConnection;
  #sections: Sections;
  #negotiation: Negotiation;
  readonly #keeper: PathKeeper;
  #path: Path | undefined;
  #state: PeerState = 'new';
  #remote: ReadonlyMap<Source, Incoming> = new Map();
  readonly #inputs: NegotiationInput[] = [];
  #busy = false;
  #closed = false;
  #broken = false;
  #recorder: ConnectionRecorder | undefined;

  constructor(deps: PeerLinkDeps) {
    super();
    this.#deps = deps;
    this.#negotiation = negotiation(deps.polite);
    this.#pc = this.#open();
    this.#sections = new Sections(this.#pc, deps);
    this.#keeper = this.#keep();
    if (deps.offersFirst) void this.#run(firstOffer(this.#negotiation));
  }

  get state(): PeerState {
    return this.#state;
  }

  get path(): Path | undefined {
    return this.#path;
  }

  get interrupted(): boolean {
    return this.#keeper.isInterrupted;
  }

  /** What the other side says it sends. */
  get remote(): ReadonlyMap<Source, Incoming> {
    return this.#remote;
  }

  receive(signal: CallSignal): void {
    this.#push({ type: 'signal', signal });
  }

  /** The local media, one's own role or the number of members changed. */
  publish(): void {
    // Whoever waits for the first offer takes its sections from there.
    if (this.#closed || (!this.#negotiation.settled && this.#negotiation.phase === 'stable')) return;
    this.#sections.publish(this.#deps.publishes());
    this.#sections.limit(this.#deps.others());
  }

  restartIce(): void {
    if (!this.#closed) this.#keeper.networkChanged();
  }

  /** Signals reach the other side again. */
  signalsPass(): void {
    if (!this.#closed) this.#keeper.signalsPass();
  }

  getStats(): Promise<RTCStatsReport> {
    return this.#pc.getStats();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#inputs.length = 0;
    this.#keeper.close();
    this.#shut(this.#pc);
    this.#deps.data.release('straight');
  }

  #push(input: NegotiationInput): void {
    if (this.#closed) return;
    this.#inputs.push(input);
    if (!this.#busy) void this.#run();
  }

  /** Carries out one step after the other, and nothing between them. */
  async #run(first?: NegotiationStep): Promise<void> {
    this.#busy = true;
    let step = first;
    for (;;) {
      if (step !== undefined) await this.#carryOut(step);
      const input = this.#inputs.shift();
      if (input === undefined || this.#closed) break;
      step = negotiationStep(this.#negotiation, input);
    }
    this.#busy = false;
  }

  async #carryOut({ state, actions }: NegotiationStep): Promise<void> {
    this.#negotiation = state;
    try {
      for (const action of actions) {
        await this.#act(action);
        if (this.#closed) return;
      }
    } catch (error) {
      if (this.#closed) return;
      // What the browser will not take can't be mended in place. A second failure in a row is left to the recovery,
      // which tries again less eagerly.
      console.warn('madang: negotiation failed', error);
      this.#deps.record.add({ type: 'negotiation-failed', peer: this.#deps.id, message: String(error) });
      if (!this.#broken) this.#inputs.unshift({ type: 'start-over' });
      this.#broken = true;
    }
  }

  async #act(action: NegotiationAction): Promise<void> {
    switch (action.type) {
      case 'renew':
        this.#renew(action.sections);
        break;
      case 'offer':
        await this.#pc.setLocalDescription();
        this.#sendDescription();
        break;
      case 'answer':
        mark(`madang:offer:${this.#deps.id}`);
        await this.#pc.setRemoteDescription({ type: 'offer', sdp: action.sdp });
        this.#sections.adopt(this.#deps.publishes());
        await this.#pc.setLocalDescription();
        this.#sendDescription();
        this.#keeper.offerTaken();
        this.#settled(action.tracks);
        break;
      case 'accept':
        await this.#pc.setRemoteDescription({ type: 'answer', sdp: action.sdp });
        this.#settled(action.tracks);
        break;
      case 'candidate':
        this.#recorder?.candidateReceived(action.candidate.candidate);
        // One that belongs to an ignored or withdrawn offer is refused, and rightly so.
        await this.#pc.addIceCandidate(action.candidate as RTCIceCandidateInit).catch(() => {});
        break;
      case 'ignore':
        break;
    }
  }

  #sendDescription(): void {
    const description = this.#pc.localDescription;
    if (this.#closed || description === null) return;
    const { type, sdp } = description;
    if (type !== 'offer' && type !== 'answer') return;
    if (type === 'offer') mark(`madang:offer:${this.#deps.id}`);
    const { generation } = this.#negotiation;
    this.#deps.send({ kind: 'description', generation, description: { type, sdp }, tracks: this.#sections.describe() });
  }

  /** An offer was answered, in whichever direction: what is received may be another, and what waited may be sent. */
  #settled(tracks: readonly TrackDescription[]): void {
    if (this.#closed) return;
    const remote = new Map<Source, Incoming>();
    for (const [source, receiver] of this.#sections.receivers(tracks)) {
      const known = this.#remote.get(source);
      remote.set(source, known?.receiver === receiver ? known : this.#incoming(source, receiver));
    }
    this.#remote = remote;
    this.publish();
    this.emit('changed');
  }

  #incoming(source: Source, receiver: RTCRtpReceiver): Incoming {
    const { id: peer, record, clock } = this.#deps;
    return { receiver, watch: (element) => watchPlayback(element, { source, peer, record, clock }) };
  }

  #renew(sections: boolean): void {
    if (this.#pc.getTransceivers().length > 0) {
      this.#shut(this.#pc);
      this.#pc = this.#open();
      this.#sections = new Sections(this.#pc, this.#deps);
    }
    this.#keeper.renew();
    if (!sections) return;
    this.#sections.publish(this.#deps.publishes());
    this.#deps.data.open();
  }

  #open(): RTCPeerConnection {
    const pc = this.#deps.create();
    this.#deps.data.attend(pc);
    pc.onnegotiationneeded = () => this.#push({ type: 'needed' });
    pc.onicecandidate = ({ candidate }) => this.#sendCandidate(candidate);
    pc.onconnectionstatechange = () => this.#onConnectionState(pc);
    const { record, id, clock } = this.#deps;
    this.#recorder = new ConnectionRecorder(pc, record, id, { clock, onPath: (path) => this.#onPath(path) });
    return pc;
  }

  #shut(pc: RTCPeerConnection): void {
    pc.onnegotiationneeded = null;
    pc.onicecandidate = null;
    pc.onconnectionstatechange = null;
    pc.close();
    this.#recorder?.stop();
  }

  #sendCandidate(candidate: RTCIceCandidate | null): void {
    const signal = candidateSignal(candidate, this.#pc, this.#negotiation.generation);
    if (signal !== undefined) this.#deps.send(signal);
  }

  #onConnectionState(pc: RTCPeerConnection): void {
    if (pc !== this.#pc || pc.connectionState === 'closed') return;
    this.#state = pc.connectionState;
    if (this.#state === 'connected') {
      mark(`madang:connected:${this.#deps.id}`);
      this.#broken = false;
    }
    this.#keeper.connectionChanged(pc, this.#state);
    this.emit('changed');
  }

  #onPath(path: Path): void {
    const same = samePath(this.#path, path);
    this.#path = path;
    if (!same) this.emit('path');
  }

  #keep(): PathKeeper {
    const { offersFirst, ...deps } = this.#deps;
    const keeper = new PathKeeper(
      { ...deps, restartIce: () => this.#pc.restartIce(), startOver: () => this.#push({ type: 'start-over' }) },
      !offersFirst,
    );
    keeper.on('interrupted', () => this.emit('interrupted'));
    keeper.on('recovered', (afterMs) => this.emit('recovered', afterMs));
    return keeper;
  }
}
