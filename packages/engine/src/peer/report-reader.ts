import { RX, RX_COLUMNS, type RxTable, type TxTable } from '../ports/index.js';
import {
  firEntries,
  firRequestSeq8,
  firSsrc,
  PAYLOAD_FEEDBACK_FORMAT,
  ReportBlock,
  RTCP,
  RtcpCursor,
  readBye,
  readNack,
  readRemb,
  readReportBlock,
  readSenderInfo,
  reportBlocks,
  SenderInfo,
  TRANSPORT_FEEDBACK_FORMAT,
  TransportFeedback,
} from '../rtp/index.js';
import type { InboundLayer } from './inbound-layer.js';
import type { InboundMedia } from './inbound-media.js';
import type { Sending } from './sending.js';

/** As many as 85 entries of a NACK that fills a datagram of 1,400 bytes can name. */
const MOST_ASKED = 1445;
const MOST_TOLD = 8192;

/** Whose reports are read. */
export interface Reporting {
  readonly inbound: InboundMedia;
  readonly sending: Sending;
}

/**
 * Reads compound RTCP of peers and tells what it says to the streams it is about. Only streams that the peer itself sends,
 * or is sent, are spoken of; everything else in it is passed over. One object serves all peers; it never throws.
 */
export class ReportReader {
  /** Layers whose sender took leave in the last compound. */
  readonly ended: InboundLayer[] = [];
  readonly #cursor = new RtcpCursor();
  readonly #info = new SenderInfo();
  readonly #block = new ReportBlock();
  readonly #lost = new Uint16Array(MOST_ASKED);
  readonly #feedback = new TransportFeedback(MOST_TOLD);

  /** Takes an RTCP row. False when it is malformed; then nothing of it counts. */
  receive(rx: RxTable, row: number, from: Reporting, now: number, tx: TxTable): boolean {
    this.ended.length = 0;
    const column = row * RX_COLUMNS;
    const at = rx.rows[column + RX.SLOT]! * rx.slotBytes;
    if (!this.#cursor.start(rx.slab, at, rx.rows[column + RX.LENGTH]!)) return false;
    while (this.#cursor.next()) this.#take(from, now, tx);
    return true;
  }

  #take(from: Reporting, now: number, tx: TxTable): void {
    switch (this.#cursor.type) {
      case RTCP.SENDER_REPORT:
        if (readSenderInfo(this.#cursor, this.#info)) from.inbound.reported(this.#info, now);
        this.#takeBlocks(from.sending, now);
        return;
      case RTCP.RECEIVER_REPORT:
        this.#takeBlocks(from.sending, now);
        return;
      case RTCP.BYE:
        this.#takeLeave(from.inbound);
        return;
      case RTCP.TRANSPORT_FEEDBACK:
        this.#takeTransportFeedback(from.sending, now, tx);
        return;
      case RTCP.PAYLOAD_FEEDBACK:
        this.#takePayloadFeedback(from.sending, now);
    }
  }

  #takeBlocks(sending: Sending, now: number): void {
    const count = reportBlocks(this.#cursor);
    for (let ix = 0; ix < count; ix++) {
      readReportBlock(this.#cursor, ix, this.#block);
      const entry = sending.entryOf(this.#block.ssrc);
      if (entry !== null) sending.reported(entry, this.#block, now);
    }
  }

  #takeLeave({ sorter }: InboundMedia): void {
    for (const ssrc of readBye(this.#cursor) ?? []) {
      const source = sorter.sourceOf(ssrc | 0);
      if (source !== null && !source.isRepair) this.ended.push(source.layer);
    }
  }

  #takeTransportFeedback(sending: Sending, now: number, tx: TxTable): void {
    if (this.#cursor.count === TRANSPORT_FEEDBACK_FORMAT.TRANSPORT_WIDE) this.#takeArrivals(sending, now);
    if (this.#cursor.count !== TRANSPORT_FEEDBACK_FORMAT.NACK) return;
    const entry = sending.entryOf(this.#cursor.mediaSsrc);
    const count = entry === null ? 0 : readNack(this.#cursor, this.#lost);
    if (entry === null || count === 0) return;
    entry.nacks++;
    entry.stream.asked(this.#lost, count, now, tx);
  }

  #takeArrivals(sending: Sending, now: number): void {
    if (sending.size === 0 || !this.#feedback.read(this.#cursor)) return;
    sending.bandwidth.feedback(this.#feedback, sending.roundTrip.ms, now);
  }

  #takePayloadFeedback(sending: Sending, now: number): void {
    switch (this.#cursor.count) {
      case PAYLOAD_FEEDBACK_FORMAT.PLI:
        wantKeyframe(sending, this.#cursor.mediaSsrc, -1, now);
        return;
      case PAYLOAD_FEEDBACK_FORMAT.FIR:
        for (let ix = firEntries(this.#cursor) - 1; ix >= 0; ix--) {
          wantKeyframe(sending, firSsrc(this.#cursor, ix), firRequestSeq8(this.#cursor, ix), now);
        }
        return;
      case PAYLOAD_FEEDBACK_FORMAT.APPLICATION:
        if (sending.size > 0) takeRemb(sending, this.#cursor);
    }
  }
}

function takeRemb({ bandwidth }: Sending, cursor: RtcpCursor): void {
  bandwidth.rembBps = readRemb(cursor)?.bitrateBps ?? bandwidth.rembBps;
}

/** `firSeq8`: the number of a FIR, of which a repeated one asks for nothing new (RFC 5104 §4.3.1.2); -1 for a PLI. */
function wantKeyframe(sending: Sending, ssrc: number, firSeq8: number, now: number): void {
  const entry = sending.entryOf(ssrc);
  if (entry === null || (firSeq8 >= 0 && firSeq8 === entry.firSeq8)) return;
  if (firSeq8 >= 0) entry.firSeq8 = firSeq8;
  entry.keyframeRequests++;
  entry.stream.wantsKeyframe(now);
}
