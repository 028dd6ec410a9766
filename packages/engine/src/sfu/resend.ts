import { FORM, TX } from '../ports/index.js';
import { HISTORY } from '../stream/index.js';
import { MOST_EXTRA_BYTES } from './extra-elements.js';
import { keptExtra } from './kept-extra.js';
import type { Leg } from './leg.js';
import { LEDGER, WAITS } from './out-ledger.js';
import type { OutStream } from './out-stream.js';
import type { RowWriter } from './row-writer.js';
import { addExtra, number } from './write-packet.js';

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
  const history = leg?.source?.history ?? null;
  // What waits yet was not sent at all.
  if (leg === null || history === null || (type & WAITS) !== 0) return 'not_kept';
  // Of the number at the source the ledger has the low 32 bits.
  const kept = history.find(leg.firstIn + ((stream.ledger.rows[at + LEDGER.IN]! - leg.firstIn) | 0));
  if (kept < 0) return 'not_kept';
  const rtxType = stream.rtxSsrc < 0 ? -1 : stream.rtxTypes.rtxOf(type & 0x7f);
  if (rtxType < 0) return 'no_rtx';
  const bytes = history.rows[kept + HISTORY.LENGTH]!;
  const { viewer } = stream;
  if (!viewer.sending.bandwidth.mayRepeat) return 'no_room';
  if (!stream.limiter.allows(seq16, bytes, now, viewer.sending.roundTrip.ms)) return 'too_often';
  write(stream, leg, at, history.rows, kept, rtxType | (type & 0x80), writer);
  return 'sent';
}

function write(
  stream: OutStream,
  leg: Leg,
  at: number,
  kept: Int32Array,
  keptAt: number,
  payloadType: number,
  writer: RowWriter,
): void {
  writer.reserve(MOST_EXTRA_BYTES);
  const slot = kept[keptAt + HISTORY.SLOT]!;
  const extra = keptExtra(stream, leg, slot, kept[keptAt + HISTORY.OFFSET]!, writer);
  const to = writer.row();
  const { rows } = writer.tx;
  const ledger = stream.ledger.rows;
  rows[to + TX.SLOT] = slot;
  rows[to + TX.OFFSET] = kept[keptAt + HISTORY.OFFSET]!;
  rows[to + TX.LENGTH] = kept[keptAt + HISTORY.LENGTH]!;
  rows[to + TX.DESTINATION_IX] = stream.viewer.planeIx;
  rows[to + TX.FORM] = leg.form | FORM.RTX;
  rows[to + TX.SSRC] = stream.rtxSsrc;
  rows[to + TX.SEQ16] = stream.nextRtxSeq16();
  rows[to + TX.RTP_TS] = ledger[at + LEDGER.RTP_TS]!;
  rows[to + TX.PAYLOAD_TYPE] = payloadType;
  number(to, stream.viewer, writer);
  rows[to + TX.ORIGINAL_SEQ16] = ledger[at + LEDGER.OUT]! & 0xffff;
  rows[to + TX.PICTURE_ID] = ledger[at + LEDGER.PICTURE_ID]!;
  rows[to + TX.LAYER_IDS] = ledger[at + LEDGER.LAYER_IDS]!;
  if (extra !== 0) addExtra(stream, to, extra, writer);
}
