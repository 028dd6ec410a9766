import type { BandwidthStats } from '../bwe/index.js';
import { type InboundPacket, type LocalEnd, Peers } from '../peer/index.js';
import {
  type AddressBook,
  type ConnectionId,
  type Hmac,
  KIND,
  type MediaCommandOf,
  type MediaCommandType,
  type MediaEvent,
  type MediaReply,
  type Random,
  RX,
  RX_COLUMNS,
  type RxTable,
  type TxTable,
} from '../ports/index.js';
import { isRtcp } from '../rtp/index.js';
import { Sfu, type SlotHolder } from '../sfu/index.js';
import { carryOutCommand } from './carry-out-command.js';
import { heedPeers } from './heed-peers.js';
import { type LineCounts, lineCounts } from './line-counts.js';
import { lookAtRoom } from './look-at-room.js';
import { DEFAULT_MEDIA_LIMITS, type MediaLimits } from './media-limits.js';
import { type RouterCounts, routerCounts } from './router-counts.js';
import type { RouterPlane } from './router-plane.js';
import { RouterState } from './router-state.js';

export interface MediaRouterOptions {
  readonly local: LocalEnd;
  /** How many slots the histories of all publishers may hold; leave as many to receiving. */
  readonly mostHeldSlots: number;
  readonly limits?: Partial<MediaLimits>;
}

export interface MediaRouterPorts {
  readonly plane: RouterPlane;
  readonly slots: SlotHolder;
  readonly addresses: AddressBook;
  readonly random: Random;
  readonly hmac: Hmac;
}

/**
 * All media of one thread: carries out what is asked of rooms, and forwards their packets. Pure: `now` is monotonic
 * milliseconds with fraction, and never goes back. After each call `nextAt` may be another time, and `drain` may have
 * something; rows stand in `tx` for the caller to flush.
 */
export class MediaRouter {
  readonly #peers: Peers;
  readonly #sfu: Sfu;
  readonly #state: RouterState;

  constructor({ local, mostHeldSlots, limits }: MediaRouterOptions, ports: MediaRouterPorts) {
    const { plane, random, slots } = ports;
    this.#peers = new Peers(local, ports);
    this.#sfu = new Sfu({ slots, mostHeldSlots });
    this.#state = new RouterState({
      peers: this.#peers,
      sfu: this.#sfu,
      plane,
      random,
      limits: { ...DEFAULT_MEDIA_LIMITS, ...limits },
    });
  }

  /** Takes a batch. Never throws for what the network says, and allocates nothing per packet. */
  packets(rx: RxTable, now: number, tx: TxTable): void {
    const { packet } = this.#peers;
    this.#sfu.begin(rx, tx, now);
    for (let row = 0; row < rx.count; row++) {
      // A viewer may ask for what is about to be sent.
      if (!isMedia(rx, row)) this.#sfu.run.end();
      const outcome = this.#peers.receive(rx, row, now, tx);
      if (outcome === 'media') this.#forward(packet, now);
      else if (outcome === 'report') this.#heed(rx.rows[row * RX_COLUMNS + RX.PEER_IX]!, now);
      else if (outcome === 'stranger') this.#state.past.strangers++;
    }
    this.#sfu.run.end();
    this.#settle(now, tx);
  }

  /** Carries a command out at once. In what is refused nothing has changed. */
  command<T extends MediaCommandType>(command: MediaCommandOf<T>, now: number, tx: TxTable): MediaReply<T> {
    const reply = carryOutCommand(command, this.#state, { now, tx });
    this.#settle(now, tx);
    return reply;
  }

  /** Does what has come due: reports, feedback, ends, layers, who speaks. */
  tick(now: number, tx: TxTable): void {
    this.#peers.tick(now, tx);
    this.#sfu.tick(now);
    const { schedule, lines } = this.#state;
    for (let room = schedule.due(now); room !== null; room = schedule.due(now)) {
      lookAtRoom(room, this.#state, now);
      schedule.set(room);
    }
    this.#sfu.writer.begin(tx, now);
    lines.tick(now, this.#sfu.writer);
    this.#settle(now, tx);
  }

  /** When `tick` has something to do; null when nothing is pending. */
  nextAt(): number | null {
    const { schedule, lines } = this.#state;
    const own = Math.min(schedule.nextAt() ?? Infinity, lines.nextAt() ?? Infinity);
    const next = Math.min(this.#peers.nextAt() ?? Infinity, own, this.#sfu.nextAtMs);
    return next === Infinity ? null : next;
  }

  /** What happened since the last call. */
  drain(): readonly MediaEvent[] {
    return this.#state.drain();
  }

  /** How the line to a connection stands; null where there is none of this name. */
  line(connection: ConnectionId, now: number): BandwidthStats | null {
    return this.#state.connections.get(connection)?.peer.sending.bandwidth.stats(now) ?? null;
  }

  /** How the lines to all viewers stand. */
  lines(now: number): LineCounts {
    return lineCounts(this.#state, now);
  }

  /** How large the tables are, and what went through. */
  counts(): RouterCounts {
    return routerCounts(this.#state);
  }

  #forward(packet: InboundPacket, now: number): void {
    const track = this.#state.tracks.get(packet.layer!.track);
    if (track === undefined) {
      this.#state.past.unrouted++;
      return;
    }
    track.received(packet, now);
    // Who is heard first after a silence.
    if (track.kind === 'audio') this.#state.schedule.set(track.room);
  }

  /** What a peer has told may be that its line takes less. */
  #heed(peerIx: number, now: number): void {
    const peer = this.#peers.at(peerIx);
    if (peer !== null) this.#state.lines.heard(peer, now);
  }

  #settle(now: number, tx: TxTable): void {
    heedPeers(this.#state, now);
    this.#peers.settle(now, tx);
    // What was written may have made room in a queue that somebody waits for.
    heedPeers(this.#state, now);
    this.#peers.settle(now, tx);
  }
}

/** Whether a row is of RTP, and no report or anything else that may change who is sent what. */
function isMedia({ rows, slab, slotBytes }: RxTable, row: number): boolean {
  const column = row * RX_COLUMNS;
  return rows[column + RX.KIND] === KIND.RTP && !isRtcp(slab[rows[column + RX.SLOT]! * slotBytes + 1]!);
}
