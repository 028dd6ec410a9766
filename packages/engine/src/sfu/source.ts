import { type ExtensionIds, MOST_SPATIAL_LAYERS, VIDEO_CODEC } from '../rtp/index.js';
import {
  type Flow,
  FlowWatch,
  HISTORY,
  type KeyframeRequests,
  type NackRegister,
  PacketHistory,
  type RtpClock,
} from '../stream/index.js';
import type { Agenda } from './agenda.js';
import { LayerRates } from './layer-rates.js';
import type { MediaPacket } from './media-packet.js';
import { PacketReader } from './packet-reader.js';
import type { RowWriter } from './row-writer.js';
import type { SlotBudget } from './slot-budget.js';

/** Takes the packets of the sources it listens to. */
export interface SourceListener {
  take(source: Source, packet: MediaPacket, now: number, writer: RowWriter): void;
}

/** Where a source comes from. */
export interface SourcePublisher {
  /** By which numbers its header extensions were negotiated last. */
  readonly extensionIds: ExtensionIds;
}

export interface SourceOptions {
  readonly publisher: SourcePublisher;
  /** How keyframes of the stream are asked for; what arrives is told to it. */
  readonly keyframes: KeyframeRequests;
  /** Has them asked for when their time has come. */
  readonly wantKeyframe: () => void;
  readonly agenda: Agenda;
  /** One of `VIDEO_CODEC`; -1 for sound. */
  readonly codec: number;
  /** By the sender reports of the stream. */
  readonly clock: RtpClock;
  /** What the publisher is asked for again; null where lost packets are not asked for. */
  readonly missing: NackRegister | null;
  /** How many packets are kept for viewers who lose some; 0: none. */
  readonly historyPackets: number;
  readonly slots: SlotBudget;
  /** 0 is the lowest quality of the publication. */
  readonly rank: number;
  /** What a simulcast offer names it (RFC 8851); null without one. */
  readonly rid: string | null;
}

/** How long packets are kept: nobody asks for what is older. */
const HISTORY_MS = 2000;
const SURELY_MS = 500;
/** A picture that did not come for so long is not on its way. */
const STALL_MS = 1200;

/** One encoding of a publication: a stream with its own SSRC, and who takes its packets. */
export class Source {
  /** What it is an encoding of, once it has been added there. */
  publication: { choose(): void } | null = null;
  readonly publisher: SourcePublisher;
  readonly rank: number;
  readonly rid: string | null;
  readonly clock: RtpClock;
  readonly keyframes: KeyframeRequests;
  readonly rates = new LayerRates();
  readonly reader: PacketReader;
  /** Extended number of the newest packet; -1 before the first. */
  highest = -1;
  /** Spatial layers within the stream, and how large each is, as far as a keyframe has told; else none. */
  layers = 0;
  readonly widths = new Uint16Array(MOST_SPATIAL_LAYERS);
  readonly heights = new Uint16Array(MOST_SPATIAL_LAYERS);
  /** A keyframe had other sizes than the one before; whoever looks at it sets it back. */
  isResized = false;
  /** Null where none is kept. */
  readonly history: PacketHistory | null;
  readonly #missing: NackRegister | null;
  readonly #slots: SlotBudget;
  readonly #agenda: Agenda;
  readonly #wantKeyframe: () => void;
  readonly #flow = new FlowWatch(STALL_MS);
  readonly #listeners: SourceListener[] = [];

  constructor(options: SourceOptions) {
    this.publisher = options.publisher;
    this.keyframes = options.keyframes;
    this.#wantKeyframe = options.wantKeyframe;
    this.#agenda = options.agenda;
    this.rank = options.rank;
    this.rid = options.rid;
    this.clock = options.clock;
    this.reader = new PacketReader(options.codec);
    this.history = options.historyPackets > 0 ? new PacketHistory(options.historyPackets) : null;
    this.#slots = options.slots;
    this.#missing = options.missing;
    if (this.#missing !== null) this.#missing.onGivenUp = () => this.#lost();
  }

  get isSound(): boolean {
    return this.reader.codec < 0;
  }

  get flow(): Flow {
    return this.#flow.flow;
  }

  get listeners(): number {
    return this.#listeners.length;
  }

  /** Whether a packet that comes now will be there for the next tenths of a second: also when others are let go for it. */
  keeps(now: number): boolean {
    return this.history !== null && (!this.#slots.isFull || this.history.reachesBackTo(now - SURELY_MS));
  }

  /** When `flowChanged` may have something to tell. */
  get nextAtMs(): number {
    return this.#flow.nextAtMs;
  }

  /** Some viewer can't go on without a keyframe. */
  wantKeyframe(): void {
    this.keyframes.want();
    this.#wantKeyframe();
  }

  /** Packets are gone for good: no viewer of a picture goes on behind them, and browsers wait for seconds before they say so. */
  #lost(): void {
    if (!this.isSound && this.#listeners.length > 0) this.wantKeyframe();
  }

  /** What it does now, if that is something else than was told last; otherwise null. */
  flowChanged(now: number): Flow | null {
    return this.#flow.changed(now);
  }

  listen(listener: SourceListener): void {
    if (!this.#listeners.includes(listener)) this.#listeners.push(listener);
  }

  unlisten(listener: SourceListener): void {
    const ix = this.#listeners.indexOf(listener);
    if (ix >= 0) this.#listeners.splice(ix, 1);
  }

  /** Reads a packet that `InboundStream` took. `forward` has to follow. */
  read(packet: MediaPacket, now: number): void {
    packet.isNewest = packet.extended > this.highest;
    const isBroken = this.highest >= 0 && packet.extended > this.highest + 1;
    if (packet.isNewest) this.highest = packet.extended;
    packet.extraIds = null;
    this.reader.read(packet, packet.isNewest);
    this.#flows(isBroken, now);
    this.rates.add(packet.header.payloadBytes, packet.spatialId, packet.temporalId, now);
  }

  /**
   * Writes a row for each viewer that a packet is for, of each from number `from` to before `to`. One viewer takes all of
   * them before the next one does: what is known of it is fetched from memory once. Never allocates in steady state.
   */
  forward(packets: readonly MediaPacket[], from: number, to: number, now: number, writer: RowWriter): void {
    for (let nth = 0; nth < this.#listeners.length; nth++) {
      const listener = this.#listeners[nth]!;
      for (let ix = from; ix < to; ix++) listener.take(this, packets[ix]!, now, writer);
    }
    if (this.history === null) return;
    for (let ix = from; ix < to; ix++) this.#keep(this.history, packets[ix]!, now);
  }

  /**
   * One that begins, or goes on, may be what viewers want: its first packet can be theirs already. What was lost in so long
   * a pause its sender has not kept.
   */
  #flows(isBroken: boolean, now: number): void {
    const begins = this.#flow.flow === 'stalled';
    this.#flow.received(now, false);
    if (!begins) return;
    this.keyframes.flows();
    if (isBroken) this.#lost();
    if (this.keyframes.isWanted) this.#wantKeyframe();
    this.#agenda.add(now);
    this.publication?.choose();
  }

  /**
   * A keyframe begins: who waited for one has it now, and it tells how large the picture is. One that was lost at first, and
   * comes behind what was sent after it, nobody can begin with: it is asked for again, and soon, since it is answered.
   */
  entered({ marks, isDescribed, descriptor, isNewest, extended }: MediaPacket): void {
    if (isNewest) this.keyframes.arrived();
    else this.keyframes.flows();
    this.#missing?.forgetBefore(extended);
    const structure = isDescribed ? descriptor.structure : null;
    const layers = structure === null ? marks.layers : structure.width(0) > 0 ? structure.maxSpatialId + 1 : 0;
    if (layers === 0) return;
    const { width } = this;
    this.layers = layers;
    for (let layer = 0; layer < layers; layer++) {
      this.widths[layer] = structure?.width(layer) ?? marks.widths[layer]!;
      this.heights[layer] = structure?.height(layer) ?? marks.heights[layer]!;
    }
    if (width === this.width) return;
    this.isResized = true;
    this.#agenda.add(0);
  }

  /** Of the largest layer; 0 before it is known. */
  get width(): number {
    return this.layers === 0 ? 0 : this.widths[this.layers - 1]!;
  }

  get height(): number {
    return this.layers === 0 ? 0 : this.heights[this.layers - 1]!;
  }

  #keep(history: PacketHistory, packet: MediaPacket, now: number): void {
    this.#release(history, now - HISTORY_MS);
    if (this.#slots.isFull) this.#releaseOne(history, Number.POSITIVE_INFINITY);
    if (this.#slots.isFull || packet.header.payloadBytes === 0) return;
    const at = history.put(packet.extended, packet.slot, now);
    if (at < 0) return;
    this.#slots.hold(packet.slot);
    if (history.evictedSlot >= 0) this.#slots.release(history.evictedSlot);
    history.rows[at + HISTORY.OFFSET] = packet.offset;
    history.rows[at + HISTORY.LENGTH] = packet.header.payloadBytes;
    history.rows[at + HISTORY.RTP_TS] = packet.header.rtpTs;
    history.rows[at + HISTORY.PAYLOAD_TYPE] = packet.header.payloadType;
  }

  #release(history: PacketHistory, beforeMs: number): void {
    while (this.#releaseOne(history, beforeMs));
  }

  #releaseOne(history: PacketHistory, beforeMs: number): boolean {
    const slot = history.releaseOlder(beforeMs);
    if (slot >= 0) this.#slots.release(slot);
    return slot >= 0;
  }

  /** Whether pictures have numbers of their own that a viewer's have to continue. */
  get hasPictureIds(): boolean {
    return this.reader.codec === VIDEO_CODEC.VP8 || this.reader.codec === VIDEO_CODEC.VP9;
  }

  /** Gives every slot back. */
  close(): void {
    if (this.history !== null) this.#release(this.history, Number.POSITIVE_INFINITY);
  }
}
