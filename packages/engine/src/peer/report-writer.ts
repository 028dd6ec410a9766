import type { Random, TxTable } from '../ports/index.js';
import {
  ReportBlock,
  type RtcpWriter,
  SenderInfo,
  TransportFeedback,
  writeBye,
  writeFir,
  writeNack,
  writePli,
  writeReceiverReport,
  writeRemb,
  writeReportBlock,
  writeSenderReport,
  writeSourceDescription,
} from '../rtp/index.js';
import type { ReportSchedule } from '../stream/index.js';
import type { InboundLayer } from './inbound-layer.js';
import type { InboundMedia } from './inbound-media.js';
import { ReportRow } from './report-row.js';
import type { Sending } from './sending.js';

/** As long as the way to a publisher is not known. */
const ASSUMED_ROUND_TRIP_MS = 100;
/** What one NACK, and one transport-wide feedback, may speak of, so that it fits into a compound. */
const MOST_ASKED = 256;
const MOST_TOLD = 400;
const MOST_BYES = 31;

/** Whom reports are written to. */
export interface Reported {
  readonly planeIx: number;
  /** By which our reports go. */
  readonly ssrc: number;
  readonly cname: string;
  readonly inbound: InboundMedia;
  readonly sending: Sending;
  readonly schedule: ReportSchedule;
  /** Whether feedback may come without a report in front (RFC 5506). */
  readonly reducedSize: boolean;
  /** What the peer may send in all, in bits a second (REMB); null for no limit. */
  readonly mostBps: number | null;
}

/** Writes to peers what is due: reports, transport-wide feedback, what is missing, and requests for keyframes. */
export class ReportWriter {
  readonly #random: Random;
  readonly #row = new ReportRow();
  readonly #info = new SenderInfo();
  readonly #block = new ReportBlock();
  readonly #lost = new Uint16Array(MOST_ASKED);
  readonly #feedback = new TransportFeedback(MOST_TOLD);

  constructor(random: Random) {
    this.#random = random;
  }

  /** Writes one compound, or several when there is much to tell; nothing when nothing is due. */
  due(to: Reported, now: number, tx: TxTable): void {
    if (!this.#row.begin(tx)) return;
    const reports = to.schedule.due(now, this.#random.uint32());
    if (reports) this.#report(to, now, tx);
    this.#tellArrivals(to, now, tx);
    for (const track of to.inbound.sorter.tracks) for (const layer of track.layers) this.#ask(to, layer, now, tx);
    if (reports) this.#limit(to, tx);
    this.#row.end(to.planeIx);
  }

  /** The last that a peer hears of what it was sent (RFC 3550 §6.6). */
  bye(to: Reported, tx: TxTable): void {
    const ssrcs = [...to.sending.entries].map(({ stream }) => stream.ssrc);
    for (let from = 0; from < ssrcs.length && this.#row.begin(tx); from += MOST_BYES) {
      writeReceiverReport(this.#row.writer, to.ssrc);
      writeSourceDescription(this.#row.writer, to.ssrc, to.cname);
      writeBye(this.#row.writer, ssrcs.slice(from, from + MOST_BYES));
      this.#row.end(to.planeIx);
    }
  }

  /** Sender reports, blocks on what comes in, and the names: in this order, which RFC 3550 §6.1 wants. */
  #report(to: Reported, now: number, tx: TxTable): void {
    for (const { stream } of to.sending.entries) {
      if (stream.report(this.#info, now)) this.#put(to, tx, writeSenderReport, this.#info);
    }
    if (this.#row.writer.length === 0) writeReceiverReport(this.#row.writer, to.ssrc);
    for (const track of to.inbound.sorter.tracks) {
      for (const { stream } of track.layers) {
        if (stream === null) continue;
        stream.report(this.#block, now);
        this.#put(to, tx, addBlock, { ssrc: to.ssrc, block: this.#block });
      }
    }
    this.#put(to, tx, writeName, to);
    for (const { stream } of to.sending.entries) this.#put(to, tx, writeName, stream);
  }

  #ask(to: Reported, layer: InboundLayer, now: number, tx: TxTable): void {
    const { stream, track } = layer;
    if (stream === null) return;
    const measured = to.inbound.roundTrip.ms;
    const roundTripMs = measured < 0 ? ASSUMED_ROUND_TRIP_MS : measured;
    const count = stream.nacks?.due(now, roundTripMs, this.#lost) ?? 0;
    if (count > 0) {
      noteAsked(layer, this.#lost[0]!, now);
      this.#feed(to, tx, (writer) => writeNack(writer, to.ssrc, stream.ssrc, this.#lost, count));
    }
    // Also of one who can't be asked: what stays due would be served without end.
    if (!layer.keyframes.due(now, roundTripMs) || !(track.pli || track.fir)) return;
    layer.keyframeRequestCount++;
    this.#feed(to, tx, (writer) =>
      track.pli ? writePli(writer, to.ssrc, stream.ssrc) : writeFir(writer, to.ssrc, stream.ssrc, ++layer.firSeq8),
    );
  }

  #tellArrivals(to: Reported, now: number, tx: TxTable): void {
    while (to.inbound.arrivals.due(now, this.#feedback)) {
      this.#feed(to, tx, (writer) => this.#feedback.write(writer, to.ssrc, to.inbound.lastSsrc));
    }
  }

  /** For senders that go by it: with transport-wide feedback, too, browsers stay below. */
  #limit(to: Reported, tx: TxTable): void {
    const layers = [...to.inbound.sorter.tracks].flatMap((track) => (track.remb ? track.layers : []));
    const ssrcs = layers.flatMap(({ stream }) => (stream === null ? [] : [stream.ssrc]));
    if (to.mostBps === null || ssrcs.length === 0) return;
    const remb = { bitrateBps: to.mostBps, ssrcs };
    this.#feed(to, tx, (writer) => writeRemb(writer, to.ssrc, remb));
  }

  /** Feedback: behind a report and a name where the peer knows no compounds without (RFC 5506). */
  #feed(to: Reported, tx: TxTable, write: (writer: RtcpWriter) => boolean): void {
    if (this.#row.writer.length === 0) this.#open(to);
    this.#put(to, tx, write, undefined);
  }

  /** Writes into the compound begun, or when that is full into the next. */
  #put<T>(to: Reported, tx: TxTable, write: (writer: RtcpWriter, what: T) => boolean, what: T): void {
    if (write(this.#row.writer, what)) return;
    this.#row.end(to.planeIx);
    if (!this.#row.begin(tx)) return;
    writeReceiverReport(this.#row.writer, to.ssrc);
    if (write !== addBlock) this.#open(to);
    write(this.#row.writer, what);
  }

  #open(to: Reported): void {
    const { writer } = this.#row;
    if (to.reducedSize) return;
    if (writer.length === 0) writeReceiverReport(writer, to.ssrc);
    writeSourceDescription(writer, to.ssrc, to.cname);
  }
}

/** Into the report begun last, or a further one when that has all it can have. */
function addBlock(
  writer: RtcpWriter,
  { ssrc, block }: { readonly ssrc: number; readonly block: ReportBlock },
): boolean {
  return writeReportBlock(writer, block) || (writeReceiverReport(writer, ssrc) && writeReportBlock(writer, block));
}

function writeName(writer: RtcpWriter, { ssrc, cname }: { readonly ssrc: number; readonly cname: string }): boolean {
  return writeSourceDescription(writer, ssrc, cname);
}

/** One packet at a time measures the way; one that is asked for again says nothing, since either may be answered. */
function noteAsked(layer: InboundLayer, seq16: number, now: number): void {
  layer.nackCount++;
  layer.askedSeq16 = layer.askedSeq16 === seq16 ? -1 : seq16;
  layer.askedMs = now;
}
