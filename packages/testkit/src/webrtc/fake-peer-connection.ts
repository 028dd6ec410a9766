import { type FakeCandidateInit, FakeCandidates, writeCandidate } from './fake-candidates.js';
import {
  type Direction,
  type FakeDescription,
  intersection,
  readSdp,
  reversed,
  sends,
  shown,
} from './fake-description.js';
import { FakeIce } from './fake-ice.js';
import { FakeMediaStreamTrack } from './fake-media-stream-track.js';
import { isNegotiationNeeded } from './fake-negotiation-needed.js';
import { FakeOperations } from './fake-operations.js';
import { fakeStats } from './fake-stats.js';
import { FakeReceiver, FakeSender, FakeTransceiver } from './fake-transceiver.js';
import type { IceNetwork } from './ice-network.js';

type SignalingState = 'stable' | 'have-local-offer' | 'have-remote-offer' | 'closed';

/**
 * An RTCPeerConnection without media, as of W3C WebRTC 1.0 in the parts that a peer-to-peer call uses: the signaling
 * states with implicit rollback (§4.4.1.5), transceivers and their mids, the negotiation-needed flag (§4.7.3), trickled
 * candidates, ICE restarts and the connection state. It refuses what a browser refuses, by the same names.
 */
export class FakePeerConnection {
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: object | null }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  signalingState: SignalingState = 'stable';
  connectionState: 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed' = 'new';
  readonly machine: string;
  readonly #network: IceNetwork;
  readonly #ice: FakeIce;
  #transceivers: FakeTransceiver[] = [];
  #current: { local: FakeDescription; remote: FakeDescription } | undefined;
  #pendingLocal: FakeDescription | undefined;
  #pendingRemote: FakeDescription | undefined;
  /** Transceivers whose mid comes from the pending local offer: a rollback takes it from them. */
  #newlyNamed: FakeTransceiver[] = [];
  #mids = 0;
  #restartWanted = false;
  #needed = false;
  readonly #operations: FakeOperations;
  readonly #gathered = new Set<string>();
  readonly #candidates = new FakeCandidates();

  constructor(network: IceNetwork, machine: string) {
    this.#network = network;
    this.machine = machine;
    this.#ice = new FakeIce(network, machine, (state) => {
      this.connectionState = state;
      this.onconnectionstatechange?.();
    });
    this.#operations = new FakeOperations(
      network.time,
      () => network.operationMs(),
      () => this.#updateNeeded(),
    );
    network.open.add(this);
  }

  get localDescription(): { type: string; sdp: string } | null {
    return shown(this.#pendingLocal ?? this.#current?.local);
  }
  get remoteDescription(): { type: string; sdp: string } | null {
    return shown(this.#pendingRemote ?? this.#current?.remote);
  }
  get currentLocalDescription(): { type: string; sdp: string } | null {
    return shown(this.#current?.local);
  }

  addTransceiver(
    trackOrKind: FakeMediaStreamTrack | 'audio' | 'video',
    { direction = 'sendrecv' }: { direction?: Direction } = {},
  ): FakeTransceiver {
    this.#refuseIfClosed();
    const track = trackOrKind instanceof FakeMediaStreamTrack ? trackOrKind : null;
    const kind = trackOrKind instanceof FakeMediaStreamTrack ? trackOrKind.kind : trackOrKind;
    const transceiver = this.#newTransceiver(kind, track, direction);
    this.#updateNeeded();
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return [...this.#transceivers];
  }

  getSenders(): FakeSender[] {
    return this.#transceivers.map(({ sender }) => sender);
  }

  setLocalDescription(description?: { type: string }): Promise<void> {
    return this.#operation(() => {
      if (description?.type === 'rollback') return this.#rollback();
      if (this.signalingState === 'have-remote-offer') this.#setLocalAnswer();
      else this.#setLocalOffer();
    });
  }

  setRemoteDescription({ type, sdp }: { type: string; sdp?: string }): Promise<void> {
    return this.#operation(() => {
      if (type === 'answer') this.#setRemoteAnswer(readSdp('answer', sdp ?? ''));
      else this.#setRemoteOffer(readSdp('offer', sdp ?? ''));
    });
  }

  addIceCandidate(candidate: FakeCandidateInit): Promise<void> {
    return this.#operation(() => {
      this.#candidates.add(candidate, [this.#pendingRemote, this.#current?.remote]);
      if (candidate.candidate) this.#consider();
    });
  }

  restartIce(): void {
    this.#restartWanted = this.#current !== undefined;
    this.#updateNeeded();
  }

  async getStats(): Promise<Map<string, object>> {
    return fakeStats(this.#ice.pair);
  }

  close(): void {
    if (this.signalingState === 'closed') return;
    this.signalingState = 'closed';
    this.connectionState = 'closed';
    this.#network.open.delete(this);
    this.#ice.close();
    this.#operations.close();
  }

  /** The network changed under it. */
  checkPath(): void {
    this.#ice.check();
    if (this.connectionState !== 'connected') this.#consider();
  }

  /** The track that the other side sends in our section `mid`. */
  #incoming(mid: string | null): FakeMediaStreamTrack | null {
    const peer = this.#peer();
    if (peer === undefined || this.connectionState !== 'connected') return null;
    const theirs = peer.getTransceivers().find((transceiver) => transceiver.mid === mid);
    if (theirs?.currentDirection == null || !sends(theirs.currentDirection)) return null;
    return theirs.sender.track?.readyState === 'live' ? theirs.sender.track : null;
  }

  /** The connection that shares its current descriptions with this one. */
  #peer(): FakePeerConnection | undefined {
    const peer = this.#network.find(this.#current?.remote.ufrag);
    const theirs = peer?.remoteUfrag;
    return peer?.signalingState !== 'closed' && theirs === this.#current?.local.ufrag ? peer : undefined;
  }

  /** @internal */
  get remoteUfrag(): string | undefined {
    return this.#current?.remote.ufrag;
  }

  #consider(): void {
    if (this.#current === undefined || this.signalingState === 'closed') return;
    this.#ice.consider(
      () => this.#peer(),
      () => this.#candidates.of(this.#current?.remote.ufrag),
    );
  }

  #newTransceiver(kind: 'audio' | 'video', track: FakeMediaStreamTrack | null, direction: Direction): FakeTransceiver {
    const receiver = new FakeReceiver(kind, () => this.#incoming(transceiver.mid));
    const transceiver: FakeTransceiver = new FakeTransceiver(new FakeSender(track), receiver, direction, () =>
      this.#updateNeeded(),
    );
    this.#transceivers.push(transceiver);
    return transceiver;
  }

  #setLocalOffer(): void {
    if (this.signalingState === 'have-local-offer') this.#rollback();
    for (const transceiver of this.#transceivers) {
      if (transceiver.mid !== null) continue;
      transceiver.mid = this.#freshMid();
      this.#newlyNamed.push(transceiver);
    }
    const kept = this.#restartWanted ? undefined : this.#current?.local.ufrag;
    const sections = this.#transceivers.map((t) => ({
      mid: t.mid!,
      kind: t.receiver.track.kind,
      direction: t.direction,
    }));
    this.#pendingLocal = { type: 'offer', ufrag: kept ?? this.#network.ufrag(this), sections };
    this.signalingState = 'have-local-offer';
    this.#gather(this.#pendingLocal);
  }

  #setRemoteOffer(offer: FakeDescription): void {
    if (this.signalingState === 'have-local-offer') this.#rollback();
    for (const { mid, kind } of offer.sections) {
      if (this.#transceivers.some((transceiver) => transceiver.mid === mid)) continue;
      this.#newTransceiver(kind, null, 'recvonly').mid = mid;
    }
    this.#pendingRemote = offer;
    this.signalingState = 'have-remote-offer';
  }

  #setLocalAnswer(): void {
    const offer = this.#pendingRemote!;
    const restarted = this.#current === undefined || offer.ufrag !== this.#current.remote.ufrag;
    const ufrag = restarted ? this.#network.ufrag(this) : this.#current!.local.ufrag;
    const sections = offer.sections.map(({ mid, kind, direction }) => {
      const transceiver = this.#byMid(mid)!;
      transceiver.currentDirection = intersection(reversed(direction), transceiver.direction);
      return { mid, kind, direction: transceiver.currentDirection };
    });
    this.#settle({ type: 'answer', ufrag, sections }, offer);
  }

  #setRemoteAnswer(answer: FakeDescription): void {
    if (this.signalingState !== 'have-local-offer') {
      throw new DOMException(`answer in state ${this.signalingState}`, 'InvalidStateError');
    }
    for (const { mid, direction } of answer.sections) {
      const transceiver = this.#byMid(mid);
      if (transceiver === undefined) throw new DOMException('sections do not match', 'InvalidAccessError');
      transceiver.currentDirection = reversed(direction);
    }
    if (this.#pendingLocal!.ufrag !== this.#current?.local.ufrag) this.#restartWanted = false;
    this.#settle(this.#pendingLocal!, answer);
  }

  #settle(local: FakeDescription, remote: FakeDescription): void {
    if (local.type === 'answer' && local.ufrag !== this.#current?.local.ufrag) this.#restartWanted = false;
    this.#current = { local, remote };
    this.#pendingLocal = undefined;
    this.#pendingRemote = undefined;
    this.#newlyNamed = [];
    this.signalingState = 'stable';
    this.#needed = false;
    this.#updateNeeded();
    this.#gather(local);
    this.#consider();
  }

  #rollback(): void {
    if (this.signalingState === 'stable') throw new DOMException('nothing to roll back', 'InvalidStateError');
    for (const transceiver of this.#newlyNamed) transceiver.mid = null;
    this.#newlyNamed = [];
    this.#pendingLocal = undefined;
    this.#pendingRemote = undefined;
    this.signalingState = 'stable';
  }

  /** One candidate of the address that the machine has now, then the end of candidates. */
  #gather(description: FakeDescription): void {
    if (this.#gathered.has(description.ufrag)) return;
    this.#gathered.add(description.ufrag);
    const candidate = writeCandidate(this.#network.address(this.machine), description);
    this.#operations.later(2, () => this.onicecandidate?.({ candidate }));
    this.#operations.later(3, () => this.onicecandidate?.({ candidate: null }));
  }

  /** §4.7.3: the event comes when no operation is under way and the state is stable, once until it is settled. */
  #updateNeeded(): void {
    this.#operations.later(0, () => {
      if (this.#operations.underway || this.signalingState !== 'stable') return;
      if (!this.#restartWanted && !isNegotiationNeeded(this.#transceivers, this.#current)) this.#needed = false;
      else if (!this.#needed) {
        this.#needed = true;
        this.onnegotiationneeded?.();
      }
    });
  }

  #operation(work: () => void): Promise<void> {
    this.#refuseIfClosed();
    return this.#operations.run(work);
  }

  #byMid(mid: string): FakeTransceiver | undefined {
    return this.#transceivers.find((transceiver) => transceiver.mid === mid);
  }

  #freshMid(): string {
    while (this.#transceivers.some(({ mid }) => mid === String(this.#mids))) this.#mids += 1;
    this.#mids += 1;
    return String(this.#mids - 1);
  }

  #refuseIfClosed(): void {
    if (this.signalingState === 'closed') throw new DOMException('closed', 'InvalidStateError');
  }
}
