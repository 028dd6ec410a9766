import { distance16, readU16, writeU16 } from '../bytes/index.js';
import { RTCP, TRANSPORT_FEEDBACK_FORMAT } from './rtcp-code.js';
import type { RtcpCursor } from './rtcp-cursor.js';
import type { RtcpWriter } from './rtcp-writer.js';

/** Two SSRCs and the header. */
const INFO_AT = 12;
const ENTRY_BYTES = 4;
/** An entry names one packet, and by a bit each the sixteen after it. */
const BITS = 16;

/**
 * Reads which packets a generic NACK asks for (RFC 4585 §6.2.1) into `lost`, in the order in which they stand there, and
 * returns how many: at most as many as there is room for. The stream is `cursor.mediaSsrc`. Never allocates.
 *
 *     |            PID: a lost packet         | BLP: bit n: PID + n + 1 too   |
 */
export function readNack(cursor: RtcpCursor, lost: Uint16Array): number {
  const { bytes, end } = cursor;
  let count = 0;
  for (let at = cursor.at + INFO_AT; at + ENTRY_BYTES <= end; at += ENTRY_BYTES) {
    const first = readU16(bytes, at);
    if (count < lost.length) lost[count++] = first;
    for (let mask = readU16(bytes, at + 2), seq = first + 1; mask !== 0; mask >>>= 1, seq++) {
      if ((mask & 1) !== 0 && count < lost.length) lost[count++] = seq;
    }
  }
  return count;
}

/**
 * Asks for the first `count` packets of `lost`, which rise by serial arithmetic. False, and nothing is written, when there
 * is no room for all.
 */
export function writeNack(
  writer: RtcpWriter,
  senderSsrc: number,
  mediaSsrc: number,
  lost: Uint16Array,
  count: number,
): boolean {
  const infoBytes = ENTRY_BYTES * countEntries(lost, count);
  const type = RTCP.TRANSPORT_FEEDBACK;
  let at = writer.openFeedback(type, TRANSPORT_FEEDBACK_FORMAT.NACK, senderSsrc, mediaSsrc, infoBytes);
  if (at < 0) return false;
  for (let ix = 0; ix < count; at += ENTRY_BYTES) {
    const end = endOfEntry(lost, ix, count);
    let mask = 0;
    for (let bit = ix + 1; bit < end; bit++) mask |= 1 << (distance16(lost[ix]!, lost[bit]!) - 1);
    writeU16(writer.bytes, at, lost[ix]!);
    writeU16(writer.bytes, at + 2, mask);
    ix = end;
  }
  return true;
}

function countEntries(lost: Uint16Array, count: number): number {
  let entries = 0;
  for (let ix = 0; ix < count; entries++) ix = endOfEntry(lost, ix, count);
  return entries;
}

/** The index of the first that does not fit into the entry which begins with `lost[from]`. */
function endOfEntry(lost: Uint16Array, from: number, count: number): number {
  let ix = from + 1;
  while (ix < count && reaches(distance16(lost[from]!, lost[ix]!))) ix++;
  return ix;
}

function reaches(steps: number): boolean {
  return steps >= 1 && steps <= BITS;
}
