import { FORM, TX } from '../ports/index.js';
import type { OutStream } from './out-stream.js';
import type { RowWriter } from './row-writer.js';
import { number } from './write-packet.js';

/** RFC 3550 §5.1 has eight bits for it. */
const MOST_PADDING = 255;

/**
 * Writes as many packets of padding alone as come to `bytes` on the wire, on the stream's SSRC for retransmissions, whose
 * numbers nobody misses. False where it has none.
 */
export function writePadding(stream: OutStream, bytes: number, overheadBytes: number, writer: RowWriter): boolean {
  const type = stream.rtxType;
  if (type < 0) return false;
  for (let left = bytes; left > 0; left -= MOST_PADDING + overheadBytes) {
    const to = writer.row();
    const { rows } = writer.tx;
    rows[to + TX.SLOT] = -1;
    rows[to + TX.OFFSET] = 0;
    rows[to + TX.LENGTH] = MOST_PADDING;
    rows[to + TX.FORM] = stream.viewer.form | FORM.PADDING;
    rows[to + TX.DESTINATION_IX] = stream.viewer.planeIx;
    rows[to + TX.SSRC] = stream.rtxSsrc;
    rows[to + TX.SEQ16] = stream.nextRtxSeq16();
    rows[to + TX.RTP_TS] = stream.timeline.ts;
    rows[to + TX.PAYLOAD_TYPE] = type;
    number(to, stream.viewer, writer);
  }
  return true;
}
