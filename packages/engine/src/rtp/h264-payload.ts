import { readU16 } from '../bytes/index.js';
import type { PayloadMarks } from './payload-marks.js';

/** NAL unit types (RFC 6184 §5.2, ITU-T H.264 table 7-1, and of scalable streams annex G). */
const NAL = {
  SLICE: 1,
  IDR: 5,
  SEI: 6,
  SPS: 7,
  PPS: 8,
  DELIMITER: 9,
  PREFIX: 14,
  SCALABLE_SLICE: 20,
  STAP_A: 24,
  FU_A: 28,
};

/**
 * Reads what an H.264 payload holds (RFC 6184 §5): a single NAL unit, several in a STAP-A, or a part of one in an FU-A,
 * which is all that packetisation modes 0 and 1 know. False when it is empty, cut short, or of another kind. Never
 * allocates.
 *
 * A keyframe begins with its SPS where the sender sends them before each, and with the first slice of its IDR picture
 * where not: both are marked, and `parameterSets` tells them apart. A temporal layer is told only by a prefix NAL unit
 * (ITU-T H.264 G.7.3.1.1).
 */
export function readH264(bytes: Uint8Array, from: number, length: number, marks: PayloadMarks): boolean {
  marks.clear();
  if (length < 1) return false;
  const end = from + length;
  const type = bytes[from]! & 0x1f;
  marks.discardable = (bytes[from]! & 0x60) === 0;
  if (type === NAL.STAP_A) return readAggregate(bytes, from + 1, end, marks);
  if (type === NAL.FU_A) return readFragment(bytes, from, end, marks);
  if (type === 0 || type > NAL.STAP_A) return false;
  readUnit(bytes, from, end, marks);
  return true;
}

/** Units one behind the other, each after its length of two bytes (RFC 6184 §5.7.1). */
function readAggregate(bytes: Uint8Array, from: number, end: number, marks: PayloadMarks): boolean {
  marks.discardable = true;
  let at = from;
  while (at + 2 < end) {
    const length = readU16(bytes, at);
    const unitAt = at + 2;
    if (length === 0 || unitAt + length > end) return false;
    readUnit(bytes, unitAt, unitAt + length, marks);
    if ((bytes[unitAt]! & 0x60) !== 0) marks.discardable = false;
    at = unitAt + length;
  }
  return at === end && at > from;
}

/** `|S|E|R| type |` behind the indicator, and only the first part begins with what the unit begins with (§5.8). */
function readFragment(bytes: Uint8Array, from: number, end: number, marks: PayloadMarks): boolean {
  if (from + 3 > end) return false;
  const head = bytes[from + 1]!;
  if ((head & 0x80) !== 0) noteUnit(bytes, head & 0x1f, from + 2, end, marks);
  return true;
}

function readUnit(bytes: Uint8Array, at: number, end: number, marks: PayloadMarks): void {
  noteUnit(bytes, bytes[at]! & 0x1f, at + 1, end, marks);
}

/** `at` is where the unit goes on behind its first byte. */
function noteUnit(bytes: Uint8Array, type: number, at: number, end: number, marks: PayloadMarks): void {
  if (type === NAL.SPS) {
    marks.parameterSets = true;
    marks.keyframe = true;
  }
  if (type >= NAL.SEI && type <= NAL.DELIMITER) marks.beginsFrame = true;
  if ((type === NAL.SLICE || type === NAL.IDR) && isFirstSlice(bytes, at, end)) {
    marks.beginsFrame = true;
    if (type === NAL.IDR) marks.keyframe = true;
  }
  if (type === NAL.PREFIX || type === NAL.SCALABLE_SLICE) readScalableHeader(bytes, at, end, marks);
}

/** `first_mb_in_slice` is 0, which as an exponential Golomb code is a single bit 1 (ITU-T H.264 7.3.3, 9.1). */
function isFirstSlice(bytes: Uint8Array, at: number, end: number): boolean {
  return at < end && (bytes[at]! & 0x80) !== 0;
}

/**
 *     |S|I|  priority |N| dep |quality| tid |U|D|O| RR|   S: this and not the one of 3D video
 */
function readScalableHeader(bytes: Uint8Array, at: number, end: number, marks: PayloadMarks): void {
  if (at + 3 > end || (bytes[at]! & 0x80) === 0) return;
  marks.spatialId = (bytes[at + 1]! >>> 4) & 0x07;
  marks.temporalId = bytes[at + 2]! >>> 5;
}
