import { FORM, TX, TX_COLUMNS, type TxTable } from '../ports/index.js';
import { RtcpWriter, SenderInfo, writePli, writeSenderReport, writeSourceDescription } from '../rtp/index.js';
import type { RowWriter } from './row-writer.js';
import type { Source } from './source.js';
import type { Viewer } from './viewer.js';

/** A compound stays below what every path takes. */
const MOST_BYTES = 1_160;
const PLI_BYTES = 12;
/** A sender report and the description behind it, with the longest name. */
const SENDER_BYTES = 28 + 4 + 4 + 2 + 256 + 3;

/** Writes our RTCP into the transmit table: sender reports to viewers, requests for keyframes to publishers. */
export class ReportWriter {
  readonly #rtcp = new RtcpWriter();
  readonly #info = new SenderInfo();

  /** A report and a description (RFC 3550 §6.1) of each stream that was sent to a viewer, in as few compounds as they fit. */
  report(viewer: Viewer, now: number, writer: RowWriter): void {
    let isOpen = false;
    for (let ix = 0; ix < viewer.subscriptions.length; ix++) {
      const { out } = viewer.subscriptions[ix]!;
      if (!out.sent.isSender) continue;
      if (isOpen && this.#rtcp.room < SENDER_BYTES) {
        this.#send(viewer.peerIx, writer.tx);
        isOpen = false;
      }
      if (!isOpen) this.#begin(writer);
      isOpen = true;
      out.sent.report(this.#info, out.ssrc >>> 0, out.timeline.rtpTsAt(now), now);
      writeSenderReport(this.#rtcp, this.#info);
      writeSourceDescription(this.#rtcp, out.ssrc >>> 0, viewer.cname);
    }
    if (isOpen) this.#send(viewer.peerIx, writer.tx);
  }

  /** Asks for a keyframe of a source. */
  askKeyframe({ publisher, ssrc }: Source, writer: RowWriter): void {
    writer.reserve(PLI_BYTES);
    this.#rtcp.begin(writer.tx.inline, writer.tx.inlineBytes, PLI_BYTES);
    writePli(this.#rtcp, publisher.ownSsrc, ssrc);
    this.#send(publisher.peerIx, writer.tx);
  }

  #begin(writer: RowWriter): void {
    writer.reserve(MOST_BYTES);
    this.#rtcp.begin(writer.tx.inline, writer.tx.inlineBytes, MOST_BYTES);
  }

  #send(peerIx: number, tx: TxTable): void {
    const to = tx.count++ * TX_COLUMNS;
    tx.rows[to + TX.SLOT] = -1;
    tx.rows[to + TX.OFFSET] = tx.inlineBytes;
    tx.rows[to + TX.LENGTH] = this.#rtcp.length;
    tx.rows[to + TX.DESTINATION_IX] = peerIx;
    tx.rows[to + TX.FORM] = FORM.RTCP;
    tx.inlineBytes += this.#rtcp.length;
  }
}
