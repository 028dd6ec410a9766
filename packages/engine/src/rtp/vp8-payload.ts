import { readU16 } from '../bytes/index.js';
import type { PayloadMarks } from './payload-marks.js';

/** Behind the frame tag of three bytes, only in a keyframe (RFC 6386 §9.1). */
const START_CODE_AT = 3;
const KEYFRAME_HEADER_BYTES = 10;

/**
 * Reads a VP8 payload descriptor (RFC 7741 §4.2), and of a frame's first packet the header behind it (§4.3). False when
 * it is cut short or nothing follows it. Never allocates.
 *
 *      0 1 2 3 4 5 6 7
 *     +-+-+-+-+-+-+-+-+
 *     |X|R|N|S|R| PID |
 *     |I|L|T|K|  RSV  |  with X
 *     |M| picture id  |  with I, two bytes with M
 *     |   TL0PICIDX   |  with L
 *     |TID|Y| KEYIDX  |  with T or K
 */
export function readVp8(bytes: Uint8Array, from: number, length: number, marks: PayloadMarks): boolean {
  marks.clear();
  if (length < 1) return false;
  const end = from + length;
  const first = bytes[from]!;
  const bodyAt = (first & 0x80) === 0 ? from + 1 : readExtension(bytes, from + 1, end, marks);
  if (bodyAt < 0 || bodyAt >= end) return false;
  marks.discardable = (first & 0x20) !== 0;
  marks.beginsFrame = (first & 0x17) === 0x10;
  marks.keyframe = marks.beginsFrame && (bytes[bodyAt]! & 0x01) === 0;
  if (marks.keyframe) readSize(bytes, bodyAt, end, marks);
  return true;
}

/** Returns where it ends; -1 when that is beyond `end`. */
function readExtension(bytes: Uint8Array, from: number, end: number, marks: PayloadMarks): number {
  if (from >= end) return -1;
  const flags = bytes[from]!;
  let at = from + 1;
  if ((flags & 0x80) !== 0) {
    if (at >= end) return -1;
    const isLong = (bytes[at]! & 0x80) !== 0;
    if (isLong && at + 2 > end) return -1;
    marks.pictureIdBits = isLong ? 15 : 7;
    marks.pictureId = isLong ? readU16(bytes, at) & 0x7fff : bytes[at]!;
    at += isLong ? 2 : 1;
  }
  if ((flags & 0x40) !== 0) {
    if (at >= end) return -1;
    marks.tl0PicIdx8 = bytes[at++]!;
  }
  if ((flags & 0x30) !== 0) {
    if (at >= end) return -1;
    readLayer(bytes[at++]!, flags, marks);
  }
  return at;
}

function readLayer(byte: number, flags: number, marks: PayloadMarks): void {
  if ((flags & 0x20) !== 0) {
    marks.temporalId = byte >>> 6;
    marks.switchingPoint = (byte & 0x20) !== 0;
  }
  if ((flags & 0x10) !== 0) marks.keyIdx = byte & 0x1f;
}

/** Width and height: 14 bits each, little-endian, below two bits of scaling. */
function readSize(bytes: Uint8Array, at: number, end: number, marks: PayloadMarks): void {
  if (at + KEYFRAME_HEADER_BYTES > end) return;
  const codeAt = at + START_CODE_AT;
  if (bytes[codeAt] !== 0x9d || bytes[codeAt + 1] !== 0x01 || bytes[codeAt + 2] !== 0x2a) return;
  const width = (bytes[at + 6]! | (bytes[at + 7]! << 8)) & 0x3fff;
  const height = (bytes[at + 8]! | (bytes[at + 9]! << 8)) & 0x3fff;
  marks.addLayer(width, height);
}
