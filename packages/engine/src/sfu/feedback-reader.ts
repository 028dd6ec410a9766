import {
  firEntries,
  firRequestSeq8,
  firSsrc,
  PAYLOAD_FEEDBACK_FORMAT,
  ReportBlock,
  RTCP,
  RtcpCursor,
  readNack,
  readReportBlock,
  reportBlocks,
  TRANSPORT_FEEDBACK_FORMAT,
} from '../rtp/index.js';
import { Resender } from './resend.js';
import type { RowWriter } from './row-writer.js';
import type { Subscription } from './subscription.js';
import type { Viewer } from './viewer.js';

/** So many packets may be asked for in one feedback: more is no loss but a mistake, or an attack. */
const MOST_LOST = 256;

/** What viewers have asked for so far, and what they were given. */
export interface FeedbackCounts {
  nacked: number;
  resent: number;
  notKept: number;
  tooOften: number;
  withoutRtx: number;
  keyframesAsked: number;
  /** Feedback on streams that the viewer is not sent. */
  foreign: number;
}

/**
 * Reads what viewers say of the streams that they are sent: reports, lost packets, requests for keyframes. What it says of
 * other streams is counted and otherwise ignored.
 */
export class FeedbackReader {
  readonly counts: FeedbackCounts = {
    nacked: 0,
    resent: 0,
    notKept: 0,
    tooOften: 0,
    withoutRtx: 0,
    keyframesAsked: 0,
    foreign: 0,
  };
  readonly #cursor = new RtcpCursor();
  readonly #block = new ReportBlock();
  readonly #lost = new Uint16Array(MOST_LOST);
  readonly #resender = new Resender();

  /** Reads a compound of `length` bytes at `at`; false when it is malformed. Retransmissions become rows. */
  read(viewer: Viewer, bytes: Uint8Array, at: number, length: number, now: number, writer: RowWriter): boolean {
    if (!this.#cursor.start(bytes, at, length)) return false;
    while (this.#cursor.next()) this.#readOne(viewer, now, writer);
    return true;
  }

  #readOne(viewer: Viewer, now: number, writer: RowWriter): void {
    const { type, count } = this.#cursor;
    if (type === RTCP.SENDER_REPORT || type === RTCP.RECEIVER_REPORT) this.#readReports(viewer, now);
    else if (type === RTCP.TRANSPORT_FEEDBACK && count === TRANSPORT_FEEDBACK_FORMAT.NACK)
      this.#readNack(viewer, now, writer);
    else if (type === RTCP.PAYLOAD_FEEDBACK && count === PAYLOAD_FEEDBACK_FORMAT.PLI)
      this.#askKeyframe(this.#find(viewer, this.#cursor.mediaSsrc));
    else if (type === RTCP.PAYLOAD_FEEDBACK && count === PAYLOAD_FEEDBACK_FORMAT.FIR) this.#readFir(viewer);
  }

  #find(viewer: Viewer, ssrc: number): Subscription | undefined {
    const found = viewer.find(ssrc);
    if (found === undefined) this.counts.foreign++;
    return found;
  }

  #readReports(viewer: Viewer, now: number): void {
    const blocks = reportBlocks(this.#cursor);
    for (let ix = 0; ix < blocks; ix++) {
      readReportBlock(this.#cursor, ix, this.#block);
      const out = viewer.find(this.#block.ssrc)?.out;
      if (out === undefined) continue;
      viewer.roundTrip.reported(this.#block, now);
      out.reported(this.#block);
    }
  }

  #readNack(viewer: Viewer, now: number, writer: RowWriter): void {
    const found = this.#find(viewer, this.#cursor.mediaSsrc);
    if (found === undefined) return;
    const count = readNack(this.#cursor, this.#lost);
    this.counts.nacked += count;
    for (let ix = 0; ix < count; ix++) {
      const resent = this.#resender.resend(found.out, this.#lost[ix]!, now, writer);
      if (resent === 'sent') this.counts.resent++;
      else if (resent === 'too_often') this.counts.tooOften++;
      else if (resent === 'no_rtx') this.counts.withoutRtx++;
      else this.counts.notKept++;
    }
  }

  #readFir(viewer: Viewer): void {
    const entries = firEntries(this.#cursor);
    for (let ix = 0; ix < entries; ix++) {
      const found = this.#find(viewer, firSsrc(this.#cursor, ix));
      const seq8 = firRequestSeq8(this.#cursor, ix);
      // A repeated request asks for nothing new (RFC 5104 §4.3.1.1).
      if (found === undefined || found.lastFirSeq8 === seq8) continue;
      found.lastFirSeq8 = seq8;
      this.#askKeyframe(found);
    }
  }

  #askKeyframe(found: Subscription | undefined): void {
    if (found === undefined) return;
    this.counts.keyframesAsked++;
    found.askKeyframe();
  }
}
