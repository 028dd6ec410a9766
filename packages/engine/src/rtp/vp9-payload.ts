import { readU16 } from '../bytes/index.js';
import type { PayloadMarks } from './payload-marks.js';

const INTER_PICTURE = 0x40;
const LAYER_INDICES = 0x20;
const FLEXIBLE = 0x10;
/** The most pictures that one may refer to (RFC 9628 §4.2). */
const MOST_REFERENCES = 3;

/**
 * Reads a VP9 payload descriptor (RFC 9628 §4.2). False when it is cut short, nothing follows it, or it names more
 * references than there may be. Never allocates.
 *
 *      0 1 2 3 4 5 6 7
 *     +-+-+-+-+-+-+-+-+
 *     |I|P|L|F|B|E|V|Z|
 *     |M| picture id  |  with I, two bytes with M
 *     | TID |U| SID |D|  with L
 *     |   TL0PICIDX   |  with L, without F
 *     |   P_DIFF    |N|  with P and F, again with N, at most 3 times
 *     |      SS       |  with V
 */
export function readVp9(bytes: Uint8Array, from: number, length: number, marks: PayloadMarks): boolean {
  marks.clear();
  if (length < 1) return false;
  const end = from + length;
  const flags = bytes[from]!;
  let at = readPictureId(bytes, from + 1, end, flags, marks);
  if (at >= 0) at = readLayer(bytes, at, end, flags, marks);
  if (at >= 0 && (flags & (INTER_PICTURE | FLEXIBLE)) === (INTER_PICTURE | FLEXIBLE))
    at = skipReferences(bytes, at, end);
  if (at >= 0 && (flags & 0x02) !== 0) at = readStructure(bytes, at, end, marks);
  if (at < 0 || at >= end) return false;
  marks.beginsFrame = (flags & 0x08) !== 0;
  marks.endsFrame = (flags & 0x04) !== 0;
  marks.keyframe = marks.beginsFrame && (flags & INTER_PICTURE) === 0 && marks.spatialId <= 0 && !marks.refersBelow;
  return true;
}

function readPictureId(bytes: Uint8Array, at: number, end: number, flags: number, marks: PayloadMarks): number {
  if ((flags & 0x80) === 0) return at;
  if (at >= end) return -1;
  const isLong = (bytes[at]! & 0x80) !== 0;
  if (isLong && at + 2 > end) return -1;
  marks.pictureIdBits = isLong ? 15 : 7;
  marks.pictureId = isLong ? readU16(bytes, at) & 0x7fff : bytes[at]!;
  return at + (isLong ? 2 : 1);
}

function readLayer(bytes: Uint8Array, at: number, end: number, flags: number, marks: PayloadMarks): number {
  if ((flags & LAYER_INDICES) === 0) return at;
  const next = at + ((flags & FLEXIBLE) === 0 ? 2 : 1);
  if (next > end) return -1;
  const byte = bytes[at]!;
  marks.temporalId = byte >>> 5;
  marks.switchingPoint = (byte & 0x10) !== 0;
  marks.spatialId = (byte >>> 1) & 0x07;
  marks.refersBelow = (byte & 0x01) !== 0;
  if ((flags & FLEXIBLE) === 0) marks.tl0PicIdx8 = bytes[at + 1]!;
  return next;
}

function skipReferences(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < from + MOST_REFERENCES; at++) {
    if (at >= end) return -1;
    if ((bytes[at]! & 0x01) === 0) return at + 1;
  }
  return -1;
}

/**
 * The scalability structure (RFC 9628 §4.2.1):
 *
 *     | N_S |Y|G|-|-|-|
 *     |  width, height |  with Y, 16 bits each, N_S + 1 times
 *     |      N_G      |  with G
 *     | T |U| R |-|-| |  N_G times, each followed by R bytes of P_DIFF
 */
function readStructure(bytes: Uint8Array, from: number, end: number, marks: PayloadMarks): number {
  if (from >= end) return -1;
  const head = bytes[from]!;
  let at = from + 1;
  if ((head & 0x10) !== 0) {
    const layers = (head >>> 5) + 1;
    if (at + 4 * layers > end) return -1;
    for (let layer = 0; layer < layers; layer++, at += 4) marks.addLayer(readU16(bytes, at), readU16(bytes, at + 2));
  }
  return (head & 0x08) === 0 ? at : skipPictureGroup(bytes, at, end);
}

function skipPictureGroup(bytes: Uint8Array, from: number, end: number): number {
  if (from >= end) return -1;
  let at = from + 1;
  for (let pictures = bytes[from]!; pictures > 0; pictures--) {
    if (at >= end) return -1;
    at += 1 + ((bytes[at]! >>> 2) & 0x03);
  }
  return at > end ? -1 : at;
}
