import { FORM, type Random } from '../ports/index.js';
import { type ReportBlock, VIDEO_CODEC } from '../rtp/index.js';
import { RepeatLimiter, type RtxPayloadTypes, SentRegister } from '../stream/index.js';
import { HeldPackets } from './held-packets.js';
import { LayerCap } from './layer-cap.js';
import { type Leg, Legs } from './leg.js';
import type { MediaPacket } from './media-packet.js';
import { FILLED, LEDGER, OutLedger, RESERVED } from './out-ledger.js';
import { PictureNumbers } from './picture-numbers.js';
import type { RowWriter } from './row-writer.js';
import type { Source } from './source.js';
import { Timeline } from './timeline.js';
import type { Viewer } from './viewer.js';
import { writeFiller, writePacket } from './write-packet.js';

export interface OutStreamOptions {
  readonly viewer: Viewer;
  readonly kind: 'audio' | 'video';
  readonly ssrc: number;
  /** For retransmissions (RFC 4588); -1: none are made. */
  readonly rtxSsrc: number;
  /** By which of the viewer's payload types those are made. */
  readonly rtxTypes: RtxPayloadTypes;
  /** Index in the addon's table of MIDs; -1: none is sent. */
  readonly midIx: number;
  readonly clockHz: number;
  readonly random: Random;
  /** How many of the last packets can be sent again: a power of two. 512 of pictures, 128 of sound. */
  readonly ledgerRows?: number;
}

/** A sender that jumps so far has begun anew (RFC 3550 A.1, MAX_DROPOUT). */
const RESTART_STEP = 3000;
/** Between the last packet of one source and the first of the next: a frame of sound, the least of pictures. */
const LEAST_STEP_MS = { audio: 20, video: 1 };
const LEDGER_ROWS = { audio: 128, video: 512 };
/** What the viewer can't take. */
const NO_TYPES = new Int8Array(128).fill(-1);

/**
 * What one viewer is sent under one SSRC. Whatever sources it shows, and however often that changes, it looks like one
 * sender: sequence numbers without a gap but for what was lost on the way here, one clock, picture ids that go on.
 *
 * A number is given to every packet that is sent, and kept for every one that is missing; if that comes and is not for the
 * viewer, or of no more use, an empty packet takes its number. Cost: O(1) a packet, nothing allocated.
 */
export class OutStream {
  readonly viewer: Viewer;
  readonly kind: 'audio' | 'video';
  readonly ssrc: number;
  readonly rtxSsrc: number;
  readonly rtxTypes: RtxPayloadTypes;
  readonly midIx: number;
  readonly sent = new SentRegister();
  readonly limiter: RepeatLimiter;
  readonly ledger: OutLedger;
  readonly timeline: Timeline;
  readonly pictures = new PictureNumbers();
  readonly cap = new LayerCap();
  readonly legs = new Legs();
  readonly held = new HeldPackets(this);
  /** Whether the viewer's line has so little to spare that packets may have to wait. */
  isPaced = false;
  /** The viewer's payload types by the publisher's; -1 for what it can't take. */
  payloadTypes: Int8Array = NO_TYPES;
  /** Whether the viewer has told that it receives the stream. */
  isReported = false;
  /** As the viewer last told. */
  cumulativeLost = 0;
  #rtxSeq16: number;
  /** Bits of `FORM` of what is sent now. */
  form = 0;
  /** Of the newest packet of the current source. */
  highestIn = 0;
  /** Of the newest frame sent, as the viewer sees it; -1 before. */
  lastFrame = -1;
  /** Layers are others than the last dependency descriptor said. */
  hasTurned = false;
  /** Sound that goes on after a pause (RFC 3551 §4.1). */
  beginsTalk = false;
  #isLeavingOut = false;
  #lastInTs = 0;
  #lastSpatial = 0;
  #lastPayloadType = 0;

  constructor(options: OutStreamOptions) {
    this.viewer = options.viewer;
    this.kind = options.kind;
    this.ssrc = options.ssrc | 0;
    this.rtxSsrc = options.rtxSsrc;
    this.rtxTypes = options.rtxTypes;
    this.midIx = options.midIx;
    const rows = options.ledgerRows ?? LEDGER_ROWS[options.kind];
    this.limiter = new RepeatLimiter(rows);
    this.ledger = new OutLedger(rows, options.random.uint32() & 0xffff);
    this.#rtxSeq16 = options.random.uint32() & 0xffff;
    this.timeline = new Timeline(options.clockHz, options.random.uint32(), LEAST_STEP_MS[options.kind]);
  }

  /** What follows is of this source, from this packet on; `next` comes after it. */
  enter(source: Source, packet: MediaPacket, payloadTypes: Int8Array, now: number, writer: RowWriter): void {
    this.#fillReserved(writer);
    const { header, marks, extended } = packet;
    this.payloadTypes = payloadTypes;
    this.timeline.join(source.clock, header.rtpTs, now);
    this.cap.enter(packet);
    const leg = this.legs.begin(source, extended, this.cap, true);
    if (packet.isDescribed)
      leg.frameShift = this.lastFrame < 0 ? 0 : this.lastFrame + 1 - packet.descriptor.frameNumber16;
    const { codec } = source.reader;
    const closesUp = codec === VIDEO_CODEC.VP8;
    this.form = this.viewer.form;
    if (marks.pictureIdBits > 0 && codec >= 0) {
      this.pictures.restart(marks.pictureId, marks.pictureIdBits, marks.tl0PicIdx8, marks.keyIdx, closesUp);
      this.form |= FORM.PICTURE_ID | FORM.LAYER_IDS | (closesUp ? 0 : FORM.VP9);
    }
    leg.form = this.form;
    this.highestIn = extended - 1;
    this.#isLeavingOut = false;
    this.hasTurned = true;
    this.beginsTalk = codec < 0;
  }

  /**
   * A packet newer than all before. False, and nothing is sent, when it is of a sender that has begun anew, so that the
   * source has to be entered again.
   */
  next(packet: MediaPacket, now: number, writer: RowWriter): boolean {
    const { header, extended } = packet;
    const missing = extended - this.highestIn - 1;
    if (missing >= RESTART_STEP) return false;
    if (missing > 0 && !this.#isLeftOutToo(packet))
      this.ledger.reserve(this.legs.current.number, this.highestIn + 1, missing);
    this.highestIn = extended;
    // A publisher's probe: nobody misses it.
    if (header.payloadBytes === 0) return true;
    if (packet.beginsPicture && this.cap.turn(packet)) this.#turned(extended);
    const isSent = this.payloadTypes[header.payloadType]! >= 0 && this.cap.admits(packet);
    this.#isLeavingOut = !isSent;
    this.#lastInTs = header.rtpTs;
    this.#lastSpatial = packet.spatialId;
    if (isSent) this.#send(packet, now, writer);
    else if ((this.form & FORM.PICTURE_ID) !== 0) this.pictures.drop(packet.marks.pictureId);
    return true;
  }

  /** Packets between two that were left out, of the same layer of the same picture, would have been as well. */
  #isLeftOutToo(packet: MediaPacket): boolean {
    const isSame = packet.header.rtpTs === this.#lastInTs && packet.spatialId === this.#lastSpatial;
    return this.#isLeavingOut && isSame && !packet.beginsPicture;
  }

  #turned(extended: number): void {
    const { source } = this.legs.current;
    this.legs.begin(source!, extended, this.cap, false);
    this.hasTurned = true;
  }

  #send(packet: MediaPacket, now: number, writer: RowWriter): void {
    const { header, marks } = packet;
    const leg = this.legs.current;
    if ((this.form & FORM.PICTURE_ID) !== 0) this.pictures.admit(marks.pictureId);
    if (packet.isDescribed) {
      this.cap.sent(packet.descriptor.frameNumber16);
      this.lastFrame = (packet.descriptor.frameNumber16 + leg.frameShift) & 0xffff;
    }
    const isLast = header.marker || (packet.endsLayer && packet.spatialId === this.cap.spatial);
    const marker = isLast || this.beginsTalk ? 0x80 : 0;
    this.#lastPayloadType = this.payloadTypes[header.payloadType]!;
    const at = this.ledger.add(leg.number, packet.extended);
    this.ledger.rows[at + LEDGER.PAYLOAD_TYPE] = this.#lastPayloadType | marker;
    this.#write(at, packet, true, leg, writer);
    this.timeline.sent((header.rtpTs + this.timeline.offset) | 0, now);
  }

  #write(at: number, packet: MediaPacket, isNewest: boolean, leg: Leg, writer: RowWriter): void {
    const { rows } = this.ledger;
    const { header, marks } = packet;
    rows[at + LEDGER.RTP_TS] = header.rtpTs + this.timeline.offset;
    if ((this.form & FORM.PICTURE_ID) !== 0) {
      rows[at + LEDGER.PICTURE_ID] = this.pictures.out & 0x7fff;
      rows[at + LEDGER.LAYER_IDS] = this.pictures.layerIds(marks.tl0PicIdx8, marks.keyIdx, isNewest);
    }
    // What comes late has waited enough.
    const isHeld = this.isPaced && isNewest && this.held.take(packet, at, leg, writer);
    if (!isHeld) writePacket(this, packet, at, leg, writer);
    this.sent.sent(header.payloadBytes);
    this.limiter.sent(header.payloadBytes);
    this.hasTurned = false;
    this.beginsTalk = false;
  }

  /** The viewer has told how it receives the stream. */
  reported(block: ReportBlock): void {
    this.isReported = true;
    this.cumulativeLost = block.cumulativeLost;
  }

  /** The payload type of retransmissions of what was sent last; -1 where none are made, or nothing was sent. */
  get rtxType(): number {
    return this.rtxSsrc < 0 || !this.sent.isSender ? -1 : this.rtxTypes.rtxOf(this.#lastPayloadType);
  }

  nextRtxSeq16(): number {
    this.#rtxSeq16 = (this.#rtxSeq16 + 1) & 0xffff;
    return this.#rtxSeq16;
  }

  /**
   * A packet that is not newer than all before: it gets the number that was kept for it. False when it is of no use any more
   * where it belongs.
   */
  late(packet: MediaPacket, writer: RowWriter): boolean {
    const leg = this.legs.at(packet.extended);
    const at = leg === null ? -1 : this.ledger.find(leg.number, packet.extended);
    if (at < 0 || this.ledger.rows[at + LEDGER.PAYLOAD_TYPE] !== RESERVED) return true;
    if (!this.#isStillFor(packet, leg!)) {
      this.#fill(at, writer);
      return false;
    }
    const type = this.payloadTypes[packet.header.payloadType]!;
    const isLast = packet.header.marker || (packet.endsLayer && packet.spatialId === leg!.spatial);
    this.ledger.settle(at, type | (isLast ? 0x80 : 0));
    this.#write(at, packet, false, leg!, writer);
    return true;
  }

  /** Whether a late packet is of what was sent at its time, and can be placed among it. */
  #isStillFor(packet: MediaPacket, leg: Leg): boolean {
    if (packet.header.payloadBytes === 0 || this.payloadTypes[packet.header.payloadType]! < 0) return false;
    if (packet.isDescribed) {
      const isFor = packet.descriptor.structure === leg.structure && this.cap.isFor(packet, leg.target);
      if (isFor) this.cap.sent(packet.descriptor.frameNumber16);
      return isFor;
    }
    if (packet.spatialId > leg.spatial || packet.temporalId > leg.temporal) return false;
    return (this.form & FORM.PICTURE_ID) === 0 || this.pictures.place(packet.marks.pictureId);
  }

  /** What is missing of the source before is of no more use. */
  #fillReserved(writer: RowWriter): void {
    if (this.ledger.reserved === 0) return;
    for (let out = this.ledger.oldest; out < this.ledger.next; out++) {
      const at = this.ledger.at(out);
      if (this.ledger.rows[at + LEDGER.PAYLOAD_TYPE] === RESERVED) this.#fill(at, writer);
    }
  }

  #fill(at: number, writer: RowWriter): void {
    this.ledger.settle(at, FILLED);
    this.ledger.rows[at + LEDGER.RTP_TS] = this.timeline.ts;
    writeFiller(this, at, this.#lastPayloadType, writer);
    this.sent.sent(0);
  }
}
