import type { PayloadMarks } from './payload-marks.js';

/** OBU types (AV1 §6.2.2). */
const OBU = { SEQUENCE_HEADER: 1, TEMPORAL_DELIMITER: 2, FRAME_HEADER: 3, METADATA: 5, FRAME: 6 };

const CONTINUES = 0x80;
const FIRST_OF_SEQUENCE = 0x08;

/**
 * Reads the aggregation header of an AV1 payload and the headers of the OBUs that begin in it (RTP Payload Format For AV1
 * §4.3, §4.4). False when an OBU reaches over the end, or a new sequence claims to continue something. Never allocates.
 *
 *     |Z|Y| W |N|-|-|-|   Z: the first OBU continues one; W: how many, 0: each has a length; N: a new coded video sequence
 *
 * Where a dependency descriptor is sent it tells more: prefer it.
 */
export function readAv1(bytes: Uint8Array, from: number, length: number, marks: PayloadMarks): boolean {
  marks.clear();
  if (length < 2) return false;
  const head = bytes[from]!;
  const continues = (head & CONTINUES) !== 0;
  marks.keyframe = (head & FIRST_OF_SEQUENCE) !== 0;
  if (marks.keyframe && continues) return false;
  marks.beginsFrame = marks.keyframe;
  return readElements(bytes, from + 1, from + length, (head >>> 4) & 0x03, continues, marks);
}

function readElements(
  bytes: Uint8Array,
  from: number,
  end: number,
  obuCount: number,
  continues: boolean,
  marks: PayloadMarks,
): boolean {
  let at = from;
  for (let nth = 1; at < end; nth++) {
    const isLast = nth === obuCount;
    const prefix = isLast ? 0 : lengthPrefix(bytes, at, end);
    if (prefix < 0) return false;
    const obuAt = at + (prefix & 7);
    const next = isLast ? end : obuAt + (prefix >>> 3);
    if (next > end) return false;
    if (next > obuAt && !(continues && nth === 1)) noteObu(bytes, obuAt, next, marks);
    at = next;
    if (isLast) return true;
  }
  return obuCount === 0;
}

/**
 * A length in LEB128 (AV1 §4.10.5): the value times eight, plus how many bytes it takes. -1 when it is cut short, or more
 * than any packet holds.
 */
function lengthPrefix(bytes: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let count = 1; count <= 3 && at + count <= end; count++) {
    const byte = bytes[at + count - 1]!;
    value |= (byte & 0x7f) << (7 * (count - 1));
    if (byte < 0x80) return value * 8 + count;
  }
  return -1;
}

/** `|F|   type  |X|S|-|`, and with X `| TID | SID |-|-|-|` (AV1 §5.3.2, §5.3.3). */
function noteObu(bytes: Uint8Array, at: number, end: number, marks: PayloadMarks): void {
  const head = bytes[at]!;
  const type = (head >>> 3) & 0x0f;
  if (type === OBU.SEQUENCE_HEADER) marks.parameterSets = true;
  const beginsFrame = type <= OBU.FRAME_HEADER || type === OBU.METADATA || type === OBU.FRAME;
  if (type >= OBU.SEQUENCE_HEADER && beginsFrame) marks.beginsFrame = true;
  if ((head & 0x04) === 0 || at + 2 > end) return;
  marks.temporalId = bytes[at + 1]! >>> 5;
  marks.spatialId = (bytes[at + 1]! >>> 3) & 0x03;
}
