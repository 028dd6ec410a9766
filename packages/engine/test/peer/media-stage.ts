import { FakeMediaPlane, FakeUdpNetwork, nodeHmac, SeededRandom } from '@madang/testkit';
import { type InboundPacket, type PeerEvent, type PeerOutcome, Peers } from '../../src/peer/index.js';
import { RX, RX_COLUMNS, type RxTable, type TxTable } from '../../src/ports/index.js';
import type { Capabilities } from '../../src/sdp/index.js';
import { PUBLISHING } from '../ends.js';
import { described } from '../recorded-offer.js';
import { PlaneBook } from './plane-book.js';

/** A packet that came through to forwarding, as values of its own. */
export interface Forwarded {
  readonly mid: string;
  readonly rid: string | null;
  readonly extended: number;
  readonly isRecovered: boolean;
  readonly payloadType: number;
  readonly payload: string;
}

/** The server's end: peers on a fake plane, in virtual time. */
export class MediaStage {
  readonly network = new FakeUdpNetwork();
  readonly plane: FakeMediaPlane;
  readonly book = new PlaneBook(() => this.plane);
  readonly peers: Peers;
  readonly port: { readonly portIx: number; readonly port: number };
  readonly forwarded: Forwarded[] = [];
  readonly events: PeerEvent[] = [];
  readonly outcomes: PeerOutcome[] = [];
  /** Called for each packet to forward. */
  onMedia: (packet: InboundPacket, tx: TxTable) => void = () => {};
  now = 1_000;

  constructor() {
    this.plane = new FakeMediaPlane(this.network, { onBatch: (rx, tx) => this.#batch(rx, tx) });
    this.port = this.plane.bind({ ip: '127.0.0.1' });
    const fingerprint = { algorithm: 'sha-256', value: this.plane.fingerprint };
    const candidate = { foundation: '1', component: 1, transport: 'udp', priority: 1, address: '127.0.0.1' } as const;
    const candidates = () => [{ ...candidate, port: this.port.port, type: 'host' as const }];
    const random = new SeededRandom(5);
    this.peers = new Peers(
      { fingerprint, candidates },
      { plane: this.plane, addresses: this.book, random, hmac: nodeHmac },
    );
  }

  /** Answers an offer of a new peer; throws when it is refused. */
  answer(offer: string, capabilities: Capabilities = PUBLISHING) {
    const done = this.peers.answer(null, { offer: described(offer), capabilities, tracks: [] }, this.now);
    if ('refused' in done) throw new Error(done.refused);
    return done;
  }

  /** Lets time pass, and whatever is under way arrive. */
  run(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      this.deliver();
      const next = this.peers.nextAt();
      if (next === null || next > end) break;
      this.now = Math.max(this.now, next);
      this.peers.tick(this.now, this.plane.tx);
      this.plane.tx.flush();
      this.events.push(...this.peers.drain());
    }
    this.now = end;
  }

  deliver(): void {
    while (this.network.deliver());
  }

  /** What the peers remember, and what the plane keeps for them. */
  sizes(): { peers: number; agents: number; planePeers: number; held: number; slots: number } {
    const { peersOpen, freeSlots } = this.plane.counts();
    const { size, agents } = this.peers;
    return { peers: size, agents: agents.size, planePeers: peersOpen, held: this.book.held, slots: freeSlots };
  }

  #batch(rx: RxTable, tx: TxTable): void {
    for (let row = 0; row < rx.count; row++) {
      const outcome = this.peers.receive(rx, row, this.now, tx);
      this.outcomes.push(outcome);
      if (outcome === 'media') this.#note(rx, row, tx);
    }
    this.peers.settle(this.now, tx);
    this.events.push(...this.peers.drain());
  }

  #note(rx: RxTable, row: number, tx: TxTable): void {
    const { packet } = this.peers;
    const { layer, extended, isRecovered, header, offset, payloadBytes } = packet;
    const at = rx.rows[row * RX_COLUMNS + RX.SLOT]! * rx.slotBytes + offset;
    const payload = Buffer.from(rx.slab.subarray(at, at + payloadBytes)).toString('hex');
    const { payloadType } = header;
    this.forwarded.push({ mid: layer!.track.mid, rid: layer!.rid, extended, isRecovered, payloadType, payload });
    this.onMedia(packet, tx);
  }
}
