import { type FakeCandidateInit, FakeCandidates, writeCandidate } from './fake-candidates.js';
import { FakeConnectionEvents } from './fake-connection-events.js';
import type { FakeDataChannel } from './fake-data-channel.js';
import { type Direction, type FakeDescription, intersection, readSdp, reversed, shown } from './fake-description.js';
import { FakeIce } from './fake-ice.js';
import { FakeMediaStreamTrack } from './fake-media-stream-track.js';
import { isNegotiationNeeded } from './fake-negotiation-needed.js';
import { FakeOperations } from './fake-operations.js';
import { FakeSctp } from './fake-sctp.js';
import { fakeStats } from './fake-stats.js';
import { byMid, FakeReceiver, FakeSender, FakeTransceiver, freshMid, sentIn } from './fake-transceiver.js';
import type { IceNetwork } from './ice-network.js';

/**
 * An RTCPeerConnection without media, as of W3C WebRTC 1.0 in the parts that a peer-to-peer call uses: the signaling
 * states with implicit rollback (§4.4.1.5), transceivers and their mids, the negotiation-needed flag (§4.7.3), trickled
 * candidates, ICE restarts and the connection state. It refuses what a browser refuses, by the same names.
 */
export class FakePeerConnection extends FakeConnectionEvents {
  readonly machine: string;
  readonly #network: IceNetwork;
  readonly #ice: FakeIce;
  #transceivers: FakeTransceiver[] = [];
  #current: { local: FakeDescription; remote: FakeDescription } | undefined;
  #pendingLocal: FakeDescription | undefined;
  #pendingRemote: FakeDescription | undefined;
  /** Transceivers whose mid comes from the pending local offer: a rollback takes it from them. */
  #newlyNamed: FakeTransceiver[] = [];
  #restartWanted = false;
  #needed = false;
  readonly #operations: FakeOperations;
  readonly #gathered = new Set<string>();
  readonly #candidates = new FakeCandidates();
  readonly #data: FakeSctp;

  constructor(network: IceNetwork, machine: string) {
    super();
    this.#network = network;
    this.machine = machine;
    this.#ice = new FakeIce(network, machine, (state) => {
      this.connectionState = state;
      this.#data.consider();
      this.fire('connectionstatechange');
    });
    this.#data = new FakeSctp(network, {
      peer: () => this.#peer()?.sctpEnd,
      works: () => this.#ice.works,
      isAgreed: () => this.#current?.local.data === true && this.#current.remote.data,
      onChannel: (channel) => this.fire('datachannel', { channel }),
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

  createDataChannel(label: string, { protocol = '' }: { protocol?: string } = {}): FakeDataChannel {
    this.#refuseIfClosed();
    this.#updateNeeded();
    return this.#data.create(label, protocol);
  }

  get sctp(): { readonly maxMessageSize: number } | null {
    return this.#current?.local.data ? this.#data : null;
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
    this.enter('closed');
    this.#network.open.delete(this);
    this.#data.close();
    this.#ice.close();
    this.#operations.close();
  }

  /** The network changed under it. */
  checkPath(): void {
    this.#ice.check();
    if (this.connectionState !== 'connected') this.#consider();
  }

  /** A check of the other side came through: there may be a pair that works. */
  hearCheck(): void {
    this.#ice.check();
    this.#consider();
  }

  /** The track that the other side sends in our section `mid`. */
  #incoming(mid: string | null): FakeMediaStreamTrack | null {
    const peer = this.connectionState === 'connected' && this.#ice.works ? this.#peer() : undefined;
    return peer === undefined ? null : sentIn(peer.#transceivers, mid);
  }

  /** The connection that shares its current descriptions with this one. */
  #peer(): FakePeerConnection | undefined {
    const peer = this.#network.find(this.#current?.remote.ufrag);
    const theirs = peer?.remoteUfrag;
    return peer?.signalingState !== 'closed' && theirs === this.#current?.local.ufrag ? peer : undefined;
  }

  /** What carries the data channels. */
  get sctpEnd(): FakeSctp {
    return this.#data;
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
    const receiver = new FakeReceiver(
      kind,
      () => this.#incoming(transceiver.mid),
      () => this.#network.time.nowMs(),
    );
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
      transceiver.mid = freshMid(this.#transceivers);
      this.#newlyNamed.push(transceiver);
    }
    const kept = this.#restartWanted ? undefined : this.#current?.local.ufrag;
    const sections = this.#transceivers.map((t) => ({
      mid: t.mid!,
      kind: t.receiver.track.kind,
      direction: t.direction,
    }));
    const data = this.#data.isWanted || this.#current?.local.data === true;
    this.#pendingLocal = { type: 'offer', ufrag: kept ?? this.#network.ufrag(this), sections, data };
    this.enter('have-local-offer');
    this.#gather(this.#pendingLocal);
  }

  #setRemoteOffer(offer: FakeDescription): void {
    if (this.signalingState === 'have-local-offer') this.#rollback();
    for (const { mid, kind } of offer.sections) {
      if (byMid(this.#transceivers, mid) !== undefined) continue;
      this.#newTransceiver(kind, null, 'recvonly').mid = mid;
    }
    this.#pendingRemote = offer;
    this.enter('have-remote-offer');
  }

  #setLocalAnswer(): void {
    const offer = this.#pendingRemote!;
    const restarted = this.#current === undefined || offer.ufrag !== this.#current.remote.ufrag;
    const ufrag = restarted ? this.#network.ufrag(this) : this.#current!.local.ufrag;
    const sections = offer.sections.map(({ mid, kind, direction }) => {
      const transceiver = byMid(this.#transceivers, mid)!;
      transceiver.currentDirection = intersection(reversed(direction), transceiver.direction);
      return { mid, kind, direction: transceiver.currentDirection };
    });
    this.#settle({ type: 'answer', ufrag, sections, data: offer.data }, offer);
  }

  #setRemoteAnswer(answer: FakeDescription): void {
    if (this.signalingState !== 'have-local-offer') {
      throw new DOMException(`answer in state ${this.signalingState}`, 'InvalidStateError');
    }
    for (const { mid, direction } of answer.sections) {
      const transceiver = byMid(this.#transceivers, mid);
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
    this.enter('stable');
    this.#needed = false;
    this.#updateNeeded();
    this.#gather(local);
    this.#data.consider();
    this.#consider();
  }

  #rollback(): void {
    if (this.signalingState === 'stable') throw new DOMException('nothing to roll back', 'InvalidStateError');
    for (const transceiver of this.#newlyNamed) transceiver.mid = null;
    this.#newlyNamed = [];
    this.#pendingLocal = undefined;
    this.#pendingRemote = undefined;
    this.enter('stable');
  }

  /** One candidate of the address that the machine has now, then the end of candidates. */
  #gather(description: FakeDescription): void {
    if (this.#gathered.has(description.ufrag)) return;
    this.#gathered.add(description.ufrag);
    const candidate = writeCandidate(this.#network.address(this.machine), description);
    this.#operations.later(2, () => this.fire('icecandidate', { candidate }));
    this.#operations.later(3, () => this.fire('icecandidate', { candidate: null }));
  }

  /** §4.7.3: the event comes when no operation is under way and the state is stable, once until it is settled. */
  #updateNeeded(): void {
    this.#operations.later(0, () => {
      if (this.#operations.underway || this.signalingState !== 'stable') return;
      if (!this.#restartWanted && !isNegotiationNeeded(this.#transceivers, this.#data.isWanted, this.#current))
        this.#needed = false;
      else if (!this.#needed) {
        this.#needed = true;
        this.fire('negotiationneeded');
      }
    });
  }

  #operation(work: () => void): Promise<void> {
    this.#refuseIfClosed();
    return this.#operations.run(work);
  }

  #refuseIfClosed(): void {
    if (this.signalingState === 'closed') throw new DOMException('closed', 'InvalidStateError');
  }
}
