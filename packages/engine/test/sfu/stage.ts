import { SeededRandom } from '@madang/testkit';
import { Sending } from '../../src/peer/index.js';
import { FORM, type RxTable, TX, TX_COLUMNS, type TxTable } from '../../src/ports/index.js';
import {
  EXTENSION,
  ExtensionIds,
  ExtensionPlaces,
  RtpHeader,
  type RtpParts,
  readRtpHeader,
  rtpPacket,
} from '../../src/rtp/index.js';
import {
  Publication,
  Sfu,
  type SlotHolder,
  type Source,
  type Subscription,
  type SubscriptionOptions,
  type Viewer,
} from '../../src/sfu/index.js';
import { InboundStream, KeyframeRequests, RtxPayloadTypes, SenderClock } from '../../src/stream/index.js';

const SLOT_BYTES = 512;
const SLOTS = 4096;

/** What a viewer is sent, read from a row. */
export interface Sent {
  readonly ssrc: number;
  readonly seq16: number;
  readonly rtpTs: number;
  readonly payloadType: number;
  readonly marker: boolean;
  readonly isFiller: boolean;
  readonly isRtx: boolean;
  readonly originalSeq16: number;
  readonly pictureId: number;
  readonly layerIds: number;
  readonly payload: readonly number[];
  readonly extra: readonly number[];
  readonly form: number;
  readonly peerIx: number;
  readonly now: number;
}

/** A source with the stream that it is fed from. */
export interface Camera {
  readonly source: Source;
  readonly inbound: InboundStream;
}

/** Slots, tables and a clock around sources and subscriptions, without sockets and keys. */
export class Stage implements SlotHolder {
  readonly random: SeededRandom;
  readonly sent: Sent[] = [];
  readonly ids = new ExtensionIds();
  readonly sfu: Sfu;
  readonly rtxTypes = new RtxPayloadTypes();
  readonly held = new Set<number>();
  now = 1000;
  #slab = new Uint8Array(SLOTS * SLOT_BYTES);
  #nextSlot = 0;
  #ssrc = 1000;
  readonly #header = new RtpHeader();
  readonly #places = new ExtensionPlaces();
  readonly tx: TxTable;
  /** Whether packets wait for the end of their batch, by `endBatch`; otherwise each is a batch of its own. */
  isBatching = false;
  #isInBatch = false;

  constructor(seed = 1, capacity = 64) {
    this.random = new SeededRandom(seed);
    this.sfu = new Sfu({ slots: this, mostHeldSlots: SLOTS / 2 });
    this.rtxTypes.set(97, 96);
    this.ids.set(EXTENSION.DEPENDENCY_DESCRIPTOR, 8);
    this.ids.set(EXTENSION.AUDIO_LEVEL, 5);
    const inline = new Uint8Array(16 * 1024);
    const rows = new Int32Array(capacity * TX_COLUMNS).fill(-77);
    const flush = () => this.#flush();
    this.tx = { rows, capacity, count: 0, inline, inlineBytes: 0, flush };
  }

  hold(slot: number): void {
    if (this.held.has(slot)) throw new Error(`slot ${slot} is held`);
    this.held.add(slot);
  }

  release(slot: number): void {
    if (!this.held.delete(slot)) throw new Error(`slot ${slot} is not held`);
  }

  camera(codec: number, rank = 0, clockHz = 90_000): Camera {
    const inbound = new InboundStream({ ssrc: this.#ssrc++, clockHz, asksAgain: true, senderClock: new SenderClock() });
    const { clock, nacks: missing } = inbound;
    const keyframes = new KeyframeRequests();
    const options = {
      codec,
      clock,
      missing,
      keyframes,
      historyPackets: 512,
      rank,
      rid: null,
      publisher: { extensionIds: this.ids },
    };
    const source = this.sfu.addSource(new Publication('video'), { ...options, wantKeyframe: () => {} });
    return { source, inbound };
  }

  viewer(planeIx = 7): Viewer {
    const sending = new Sending();
    return { planeIx, sending, extensionIds: this.ids, takesTwoByteExtensions: true, form: 0, cname: 'server' };
  }

  subscription(options: Partial<SubscriptionOptions> = {}): Subscription {
    const viewer = options.viewer ?? this.viewer();
    const ssrc = this.#ssrc++;
    return this.sfu.subscribe({
      viewer,
      kind: 'video',
      ssrc,
      rtxSsrc: ssrc + 500,
      rtxTypes: this.rtxTypes,
      midIx: -1,
      clockHz: 90_000,
      random: this.random,
      ...options,
    });
  }

  /** A publication of cameras, the lowest quality first. */
  publication(kind: 'audio' | 'video', ...cameras: Camera[]): Publication {
    const publication = this.sfu.publish(kind);
    for (const { source } of cameras) publication.addSource(source);
    return publication;
  }

  /** A packet arrives; returns what is sent because of it. `isRecovered`: by a retransmission on another SSRC. */
  arrive(camera: Camera, parts: Omit<RtpParts, 'ssrc'>, isRecovered = false): Sent[] {
    const { inbound, source } = camera;
    const before = this.sent.length;
    if (!this.#isInBatch) this.#begin();
    const slot = this.#put(rtpPacket({ ...parts, ssrc: inbound.ssrc }));
    const { header } = this;
    const extended = isRecovered
      ? inbound.recovered(header.seq16, this.now)
      : inbound.received(header.seq16, header.rtpTs, this.now);
    if (extended < 0) return [];
    const packet = this.sfu.run.next(source);
    packet.header.copy(header);
    packet.places.copy(this.#places);
    packet.slab = this.#slab;
    packet.slot = slot;
    packet.slotAt = slot * SLOT_BYTES;
    packet.extended = extended;
    this.sfu.run.add();
    this.#isInBatch = this.isBatching;
    if (!this.isBatching) this.endBatch();
    return this.sent.slice(before);
  }

  /** Has sent what came since the last time. */
  endBatch(): void {
    this.#isInBatch = false;
    this.sfu.run.end();
    this.#flush();
  }

  /** A viewer lacks packets; returns what it is sent. */
  asked(subscription: Subscription, ...seqs: number[]): Sent[] {
    const before = this.sent.length;
    this.#begin();
    subscription.asked(Uint16Array.from(seqs), seqs.length, this.now, this.tx);
    this.#flush();
    return this.sent.slice(before);
  }

  /** Lets time pass, and what is due be done. */
  pass(ms: number): void {
    const end = this.now + ms;
    while (this.sfu.nextAtMs <= end) {
      this.now = Math.max(this.now, this.sfu.nextAtMs);
      this.sfu.tick(this.now);
    }
    this.now = end;
  }

  #begin(): void {
    const rx: RxTable = { rows: new Int32Array(0), count: 0, slab: this.#slab, slotBytes: SLOT_BYTES };
    this.sfu.begin(rx, this.tx, this.now);
  }

  get header(): RtpHeader {
    return this.#header;
  }

  get slab(): Uint8Array {
    return this.#slab;
  }

  /** Returns the slot that it is in. */
  #put(bytes: Uint8Array): number {
    while (this.held.has(this.#nextSlot)) this.#nextSlot = (this.#nextSlot + 1) % SLOTS;
    const slot = this.#nextSlot;
    this.#slab.set(bytes, slot * SLOT_BYTES);
    if (!readRtpHeader(this.#slab, slot * SLOT_BYTES, bytes.length, this.#header)) throw new Error('no RTP');
    this.#places.read(this.#slab, this.#header, this.ids);
    this.#nextSlot = (slot + 1) % SLOTS;
    return slot;
  }

  /** Reads what the table holds, as the addon would send it. */
  flush(): void {
    this.#flush();
  }

  #flush(): void {
    const { tx } = this;
    for (let row = 0; row < tx.count; row++) this.sent.push(this.#read(tx.rows.subarray(row * TX_COLUMNS)));
    tx.rows.fill(-77);
    tx.count = 0;
    tx.inlineBytes = 0;
  }

  #read(row: Int32Array): Sent {
    const form = row[TX.FORM]!;
    const isFiller = (form & FORM.PADDING) !== 0;
    const slot = row[TX.SLOT]!;
    const from = slot < 0 ? row[TX.OFFSET]! : slot * SLOT_BYTES + row[TX.OFFSET]!;
    const bytes = slot < 0 ? this.tx.inline : this.#slab;
    const [extraAt, extraBytes] = [row[TX.EXTRA]! >> 8, row[TX.EXTRA]! & 0xff];
    return {
      ssrc: row[TX.SSRC]!,
      seq16: row[TX.SEQ16]!,
      rtpTs: row[TX.RTP_TS]! >>> 0,
      payloadType: row[TX.PAYLOAD_TYPE]! & 0x7f,
      marker: row[TX.PAYLOAD_TYPE]! >= 0x80,
      isFiller,
      isRtx: (form & FORM.RTX) !== 0,
      originalSeq16: row[TX.ORIGINAL_SEQ16]!,
      pictureId: row[TX.PICTURE_ID]!,
      layerIds: row[TX.LAYER_IDS]!,
      payload: isFiller ? [] : [...bytes.subarray(from, from + row[TX.LENGTH]!)],
      extra: (form & FORM.EXTRA) === 0 ? [] : [...this.tx.inline.subarray(extraAt, extraAt + extraBytes)],
      form,
      peerIx: row[TX.DESTINATION_IX]!,
      now: this.now,
    };
  }
}

/** A table of payload types that leaves all as they are, but for those given. */
export function payloadTypes(changed: Readonly<Record<number, number>> = {}): Int8Array {
  const types = Int8Array.from({ length: 128 }, (_, type) => type);
  for (const [from, to] of Object.entries(changed)) types[Number(from)] = to;
  return types;
}
