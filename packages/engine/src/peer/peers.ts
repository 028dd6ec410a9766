import { CONNECT_MS, LiteAgents } from '../ice/index.js';
import { KIND, PEER_ROW, PEER_STATE, RX, RX_COLUMNS, type RxTable, type TxTable } from '../ports/index.js';
import { isRtcp } from '../rtp/index.js';
import type { Change, IceCredentials, SessionDescription } from '../sdp/index.js';
import { ReportSchedule } from '../stream/index.js';
import { carryOut, followPath } from './carry-out.js';
import { DataLinks } from './data-links.js';
import type { DescriptionRefusal } from './description-refusal.js';
import type { InboundLayer } from './inbound-layer.js';
import { InboundPacket } from './inbound-packet.js';
import {
  type Agreed,
  type IceRestart,
  type LocalEnd,
  Negotiator,
  type OfferToAnswer,
  type TracksToOffer,
} from './negotiator.js';
import { Peer } from './peer.js';
import { endByFailure, type PeerEnd, type PeerEvent } from './peer-event.js';
import type { PeerOutcome } from './peer-outcome.js';
import { PeerSchedule } from './peer-schedule.js';
import type { PeersPorts } from './peers-ports.js';
import { ReportReader } from './report-reader.js';
import { ReportWriter } from './report-writer.js';

/** Reports go out once a second in the mean (RFC 3550 §6.2, without its least of 5 s, which is for crowds). */
const REPORT_MS = 1_000;
/** What most batches tell: nothing is made anew for them. */
const NOTHING: readonly PeerEvent[] = [];

/** Whom a description is for, and what it changes for whoever forwards. */
export interface PeerAgreed {
  readonly peer: Peer;
  readonly changes: readonly Change[];
}

/**
 * All remote endpoints of one media thread, on its ports and its plane: descriptions in and out, rows in, reports out.
 *
 * Nothing is sent to a peer before a check of it was signed with the credentials of its description, and no media before
 * its certificate has proved to be the announced one.
 */
export class Peers {
  readonly agents: LiteAgents;
  readonly data: DataLinks;
  /** The packet of the last row that was `media`. */
  readonly packet = new InboundPacket();
  readonly #ports: PeersPorts;
  readonly #negotiator: Negotiator;
  readonly #reader = new ReportReader();
  readonly #writer: ReportWriter;
  readonly #byId = new Map<number, Peer>();
  readonly #byPlaneIx: (Peer | undefined)[] = [];
  readonly #schedule = new PeerSchedule();
  #events: PeerEvent[] = [];
  #lastId = 0;

  constructor(local: LocalEnd, ports: PeersPorts) {
    this.#ports = ports;
    this.agents = new LiteAgents(ports.addresses, ports.hmac, ports.random);
    this.#negotiator = new Negotiator(local, ports.random, this.agents);
    this.#writer = new ReportWriter(ports.random);
    this.data = new DataLinks(ports, (event) => this.#events.push(event));
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Whose rows have this index; null when nobody's have. */
  at(planeIx: number): Peer | null {
    return this.#byPlaneIx[planeIx] ?? null;
  }

  /** Answers an offer of `peer`, or of a new one. Refused, nothing has changed. */
  answer(
    peer: Peer | null,
    wanted: OfferToAnswer,
    now: number,
  ): (PeerAgreed & { readonly answer: SessionDescription }) | DescriptionRefusal {
    const done = this.#negotiator.answer(peer?.negotiation ?? null, wanted);
    if ('refused' in done) return done;
    const subject = peer ?? this.#add(done.state.local, now);
    if (this.#carryOut(subject, done)) return { peer: subject, answer: done.answer, changes: done.changes };
    this.#forget(subject);
    return { refused: 'no_room' };
  }

  /** Offers tracks to `peer`, or to a new one. An offer that has no answer yet is replaced: its answer is no longer taken. */
  offer(
    peer: Peer | null,
    wanted: TracksToOffer,
    now: number,
  ): { readonly peer: Peer; readonly offer: SessionDescription } {
    const before = { state: peer?.negotiation ?? null, replaces: peer?.pending ?? null };
    const { offer, pending } = this.#negotiator.offer(before, wanted);
    const subject = peer ?? this.#add(pending.local, now);
    subject.pending = pending;
    return { peer: subject, offer };
  }

  /** Takes the answer to the last offer. Refused, the offer is still waiting. */
  accept(peer: Peer, answer: SessionDescription): PeerAgreed | DescriptionRefusal {
    if (peer.pending === null) return { refused: 'no_offer' };
    const done = this.#negotiator.accept(peer.pending, answer, peer.negotiation);
    if ('refused' in done) return done;
    if (!this.#carryOut(peer, done)) return { refused: 'no_room' };
    peer.pending = null;
    return { peer, changes: done.changes };
  }

  /** ICE restart without an offer; null when these are the credentials that the peer has already. */
  restartIce(peer: Peer, remote: IceCredentials): IceRestart | null {
    const restart = peer.negotiation === null ? null : this.#negotiator.restart(peer.negotiation, remote);
    if (restart !== null) this.#carryOut(peer, restart);
    return restart;
  }

  /** Takes one row of a batch. Call `settle` after the last. Never throws for what the network says. */
  receive(rx: RxTable, row: number, now: number, tx: TxTable): PeerOutcome {
    const column = row * RX_COLUMNS;
    switch (rx.rows[column + RX.KIND]) {
      case KIND.RTP:
        return this.#receiveMedia(rx, row, now, tx);
      case KIND.STUN:
        return this.#receiveCheck(rx, row, now, tx);
      case KIND.PEER_STATE:
        return this.#receiveState(rx.rows, column, now, tx);
      case KIND.PEER_DATA: {
        const peer = this.#byPlaneIx[rx.rows[column + RX.PEER_IX]!];
        return peer !== undefined && this.data.receive(rx, row, peer, now) ? 'taken' : 'dropped';
      }
      default:
        return 'dropped';
    }
  }

  /** A layer of `peer` is needed from a keyframe on. Many wishes become one request; call `settle` after. */
  wantKeyframe(peer: Peer, layer: InboundLayer): void {
    layer.keyframes.want();
    this.#schedule.touch(peer);
  }

  /** To be called once after the rows of a batch, and after wishes: writes data, sets the times of those it concerns. */
  settle(now: number, tx: TxTable): void {
    this.data.settle(now, tx, (peer) => this.#schedule.touch(peer));
    this.#schedule.settle();
  }

  /** Does what has come due. */
  tick(now: number, tx: TxTable): void {
    for (const { owner, reason } of this.agents.tick(now, tx)) {
      const peer = this.#byId.get(owner);
      if (peer !== undefined) this.#end(peer, peer.canSend ? reason : 'unconnected', tx);
    }
    for (let peer = this.#schedule.due(now); peer !== null; peer = this.#schedule.due(now)) {
      if (peer.state !== 'connected' && now >= peer.connectBy) this.#end(peer, 'unconnected', tx);
      else this.#serve(peer, now, tx);
    }
  }

  nextAt(): number | null {
    const [ice, own] = [this.agents.nextAt(), this.#schedule.nextAt()];
    return ice === null || own === null ? (ice ?? own) : Math.min(ice, own);
  }

  /** What happened since the last call. */
  drain(): readonly PeerEvent[] {
    const events = this.#events;
    if (events.length === 0) return NOTHING;
    this.#events = [];
    return events;
  }

  /** Takes leave of a peer and forgets it. What waits in `tx` is sent first. Closing again does nothing. */
  close(peer: Peer, tx: TxTable): void {
    if (peer.state === 'closed') return;
    if (peer.canSend) this.#writer.bye(peer, tx);
    tx.flush();
    this.#forget(peer);
  }

  #receiveMedia(rx: RxTable, row: number, now: number, tx: TxTable): PeerOutcome {
    const column = row * RX_COLUMNS;
    const peer = this.#byPlaneIx[rx.rows[column + RX.PEER_IX]!];
    if (peer === undefined) return 'dropped';
    const addressIx = rx.rows[column + RX.ADDRESS_IX]!;
    // Its keys opened the packet, so it is there.
    if (addressIx !== peer.addressIx && this.agents.heard(peer.agent, addressIx)) this.#follow(peer, tx);
    this.#schedule.touch(peer);
    if (isRtcp(rx.slab[rx.rows[column + RX.SLOT]! * rx.slotBytes + 1]!)) {
      if (!this.#reader.receive(rx, row, peer, now, tx)) return this.#drop(peer, 'malformed');
      for (const layer of this.#reader.ended) this.#events.push({ type: 'ended', peer, layer });
      return 'report';
    }
    const outcome = peer.inbound.receive(rx, row, now, this.packet);
    return outcome === 'media' ? 'media' : this.#drop(peer, outcome);
  }

  #drop(peer: Peer, reason: keyof Peer['drops']): PeerOutcome {
    peer.drops[reason]++;
    return 'dropped';
  }

  #receiveCheck(rx: RxTable, row: number, now: number, tx: TxTable): PeerOutcome {
    const outcome = this.agents.receive(rx, row, now, tx);
    if (outcome === 'unknown_user') return 'stranger';
    const peer = this.#byId.get(this.agents.subject?.owner ?? -1);
    if (peer === undefined) return 'dropped';
    if (outcome !== 'found' && outcome !== 'answered' && outcome !== 'nominated' && outcome !== 'moved') return 'taken';
    if (peer.planeIx >= 0) this.#ports.plane.admit(peer.planeIx, rx.rows[row * RX_COLUMNS + RX.ADDRESS_IX]!);
    this.#follow(peer, tx);
    return 'taken';
  }

  #receiveState(rows: Int32Array, column: number, now: number, tx: TxTable): PeerOutcome {
    const peer = this.#byPlaneIx[rows[column + RX.PEER_IX]!];
    if (peer === undefined) return 'dropped';
    switch (rows[column + PEER_ROW.STATE]) {
      case PEER_STATE.CONNECTED:
        peer.state = 'connected';
        peer.srtpProfile = rows[column + PEER_ROW.SRTP_PROFILE]!;
        this.#events.push({ type: 'connected', peer, srtpProfile: peer.srtpProfile });
        this.#serve(peer, now, tx);
        return 'taken';
      case PEER_STATE.CLOSED:
        this.#end(peer, 'goodbye', tx);
        return 'taken';
      default:
        this.#end(peer, endByFailure(rows[column + PEER_ROW.FAILURE]!), tx);
        return 'taken';
    }
  }

  #follow(peer: Peer, tx: TxTable): void {
    const isMove = peer.addressIx >= 0;
    // With its first path a DTLS client says hello at once: the answer to the check goes before (RFC 8842 §6).
    if (!isMove && peer.agent.addressIx >= 0) tx.flush();
    if (!followPath(peer, this.#ports.plane) || !isMove) return;
    peer.moves++;
    this.#events.push({ type: 'moved', peer });
  }

  /** Writes what is due to a connected peer, tells what its streams do, and sets the next time. */
  #serve(peer: Peer, now: number, tx: TxTable): void {
    if (peer.state === 'connected') {
      this.#writer.due(peer, now, tx);
      this.data.serve(peer, now, tx);
      for (const { layers } of peer.inbound.sorter.tracks) {
        for (const layer of layers) {
          const flow = layer.flow.changed(now);
          if (flow !== null) this.#events.push({ type: 'flow', peer, layer, flow });
        }
      }
    }
    this.#schedule.set(peer);
  }

  #add(own: IceCredentials, now: number): Peer {
    const { random } = this.#ports;
    const id = ++this.#lastId;
    const peer = new Peer({
      id,
      agent: this.agents.open(id, own, null, now),
      ssrc: random.uint32(),
      cname: random.id(),
      schedule: new ReportSchedule(REPORT_MS, now, random.uint32()),
      connectBy: now + CONNECT_MS,
    });
    this.#byId.set(id, peer);
    this.#schedule.set(peer);
    return peer;
  }

  #carryOut(peer: Peer, agreed: Agreed): boolean {
    if (!carryOut(peer, agreed, this.#ports.plane, this.agents)) return false;
    this.#byPlaneIx[peer.planeIx] = peer;
    this.data.apply(peer, agreed.changes);
    return true;
  }

  #end(peer: Peer, reason: PeerEnd, tx: TxTable): void {
    if (peer.state === 'closed') return;
    this.close(peer, tx);
    this.#events.push({ type: 'closed', peer, reason });
  }

  #forget(peer: Peer): void {
    peer.state = 'closed';
    this.agents.close(peer.agent);
    this.#byId.delete(peer.id);
    this.#schedule.remove(peer);
    if (peer.planeIx < 0) return;
    this.#byPlaneIx[peer.planeIx] = undefined;
    this.#ports.plane.closePeer(peer.planeIx);
  }
}
