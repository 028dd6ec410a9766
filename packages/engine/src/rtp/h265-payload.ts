import { readU16 } from '../bytes/index.js';
import type { PayloadMarks } from './payload-marks.js';

/** NAL unit types (ITU-T H.265 table 7-1), and those that RFC 7798 §4.4 adds. */
const NAL = {
  TSA_N: 2,
  STSA_R: 5,
  LAST_SLICE: 31,
  FIRST_IRAP: 16,
  LAST_IRAP: 23,
  VPS: 32,
  SPS: 33,
  PREFIX_SEI: 39,
  AGGREGATE: 48,
  FRAGMENT: 49,
  PACI: 50,
};

const UNIT_HEADER_BYTES = 2;

/**
 * Reads what an H.265 payload holds (RFC 7798 §4.4): a single NAL unit, several in an aggregation packet, or a part of one
 * in a fragmentation unit, without decoding order numbers, which WebRTC does not negotiate. False when it is cut short, of
 * another kind, or its temporal id is the forbidden one. Never allocates.
 *
 *     |F|   type    |  layer id | TID + 1 |
 *
 * A keyframe begins with its VPS or SPS where the sender sends them before each, and with the first slice of a picture
 * at which decoding can begin (IRAP) where not: both are marked, and `parameterSets` tells them apart.
 */
export function readH265(bytes: Uint8Array, from: number, length: number, marks: PayloadMarks): boolean {
  marks.clear();
  if (length < UNIT_HEADER_BYTES + 1) return false;
  const end = from + length;
  const temporalId = (bytes[from + 1]! & 0x07) - 1;
  if (temporalId < 0) return false;
  marks.temporalId = temporalId;
  const type = unitType(bytes[from]!);
  if (type === NAL.AGGREGATE) return readAggregate(bytes, from + UNIT_HEADER_BYTES, end, marks);
  if (type === NAL.FRAGMENT) return readFragment(bytes, from + UNIT_HEADER_BYTES, end, marks);
  if (type > NAL.PACI) return false;
  noteUnit(bytes, type, from + UNIT_HEADER_BYTES, end, marks);
  return true;
}

/** Units one behind the other, each after its length of two bytes (§4.4.2). */
function readAggregate(bytes: Uint8Array, from: number, end: number, marks: PayloadMarks): boolean {
  let at = from;
  while (at + 2 < end) {
    const length = readU16(bytes, at);
    const unitAt = at + 2;
    if (length < UNIT_HEADER_BYTES || unitAt + length > end) return false;
    noteUnit(bytes, unitType(bytes[unitAt]!), unitAt + UNIT_HEADER_BYTES, unitAt + length, marks);
    at = unitAt + length;
  }
  return at === end && at > from;
}

/** `|S|E|  type   |`, and only the first part begins with what the unit begins with (§4.4.3). */
function readFragment(bytes: Uint8Array, at: number, end: number, marks: PayloadMarks): boolean {
  if (at + 2 > end) return false;
  const head = bytes[at]!;
  if ((head & 0x80) !== 0) noteUnit(bytes, head & 0x3f, at + 1, end, marks);
  return true;
}

function unitType(first: number): number {
  return (first >>> 1) & 0x3f;
}

/** `at` is where the unit goes on behind its header. */
function noteUnit(bytes: Uint8Array, type: number, at: number, end: number, marks: PayloadMarks): void {
  if (type === NAL.VPS || type === NAL.SPS) {
    marks.parameterSets = true;
    marks.keyframe = true;
  }
  if (type > NAL.LAST_SLICE && type <= NAL.PREFIX_SEI) marks.beginsFrame = true;
  if (type > NAL.LAST_SLICE) return;
  if (type >= NAL.TSA_N && type <= NAL.STSA_R) marks.switchingPoint = true;
  // first_slice_segment_in_pic_flag (ITU-T H.265 7.3.6.1)
  if (at >= end || (bytes[at]! & 0x80) === 0) return;
  marks.beginsFrame = true;
  if (type >= NAL.FIRST_IRAP && type <= NAL.LAST_IRAP) marks.keyframe = true;
}
