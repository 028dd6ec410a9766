import { FORM, TX } from '../ports/index.js';
import { HISTORY } from '../stream/index.js';
import { findKept, writeKeptRow } from './kept-row.js';
import { LEDGER, WAITS } from './out-ledger.js';
import type { OutStream } from './out-stream.js';
import type { RowWriter } from './row-writer.js';
import { number } from './write-packet.js';

/** What became of a request for one packet. */
export type Resent = 'sent' | 'not_kept' | 'too_often' | 'no_rtx' | 'no_room';

/**
 * Sends viewers again what they have lost, from the history of the source that it came from, on the SSRC for
 * retransmissions (RFC 4588). Without one nothing is sent again: a number that was used once is never encrypted again
 * (RFC 3711 §9.1), and the addon refuses it.
 *
 * `seq16` is the number that the viewer has for the packet. Header extensions are sent again too (RFC 4588 §4). Never
 * allocates.
 */
export function resend(stream: OutStream, seq16: number, now: number, writer: RowWriter): Resent {
  const at = stream.ledger.rowOf(seq16);
  const type = at < 0 ? -1 : stream.ledger.rows[at + LEDGER.PAYLOAD_TYPE]!;
  const leg = type < 0 ? null : stream.legs.get(stream.ledger.rows[at + LEDGER.LEG]!);
  // What waits yet was not sent at all.
  const kept = leg === null || (type & WAITS) !== 0 ? -1 : findKept(stream, leg, at);
  if (kept < 0) return 'not_kept';
  const rtxType = stream.rtxSsrc < 0 ? -1 : stream.rtxTypes.rtxOf(type & 0x7f);
  if (rtxType < 0) return 'no_rtx';
  const bytes = leg!.source!.history!.rows[kept + HISTORY.LENGTH]!;
  const { viewer } = stream;
  if (!viewer.sending.bandwidth.mayRepeat) return 'no_room';
  if (!stream.limiter.allows(seq16, bytes, now, viewer.sending.roundTrip.ms)) return 'too_often';
  const to = writeKeptRow(stream, leg!, at, kept, writer);
  repeat(stream, at, to, rtxType | (type & 0x80), writer);
  return 'sent';
}

/** Makes a row one of the SSRC for retransmissions. */
function repeat(stream: OutStream, at: number, to: number, payloadType: number, writer: RowWriter): void {
  const { rows } = writer.tx;
  const { viewer, ledger } = stream;
  rows[to + TX.DESTINATION_IX] = viewer.planeIx;
  rows[to + TX.FORM]! |= FORM.RTX;
  rows[to + TX.SSRC] = stream.rtxSsrc;
  rows[to + TX.SEQ16] = stream.nextRtxSeq16();
  rows[to + TX.RTP_TS] = ledger.rows[at + LEDGER.RTP_TS]!;
  rows[to + TX.PAYLOAD_TYPE] = payloadType;
  rows[to + TX.ORIGINAL_SEQ16] = ledger.rows[at + LEDGER.OUT]! & 0xffff;
  number(to, viewer, writer);
}
