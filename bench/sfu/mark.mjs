/**
 * What the load writes into the last bytes of a payload, where no server changes anything:
 *
 *     | "MdSf" | phase (16) | stream (16) | nth (32) | sent at, in ms (float 64) |
 */
const MAGIC = 0x4d645366;

/** Bytes of a mark. */
export const MARK_BYTES = 20;

/** Fills the end of `packet`, a DataView, which has `length` bytes. */
export function writeMark(packet, length, { phase, stream, nth, sentAt }) {
  const at = length - MARK_BYTES;
  packet.setUint32(at, MAGIC);
  packet.setUint16(at + 4, phase);
  packet.setUint16(at + 6, stream);
  packet.setUint32(at + 8, nth);
  packet.setFloat64(at + 12, sentAt);
}

/** Reads the mark that ends before `end` of a DataView into `mark`; false when there is none. */
export function readMark(slab, end, mark) {
  const at = end - MARK_BYTES;
  if (at < 0 || slab.getUint32(at) !== MAGIC) return false;
  mark.phase = slab.getUint16(at + 4);
  mark.stream = slab.getUint16(at + 6);
  mark.nth = slab.getUint32(at + 8);
  mark.sentAt = slab.getFloat64(at + 12);
  return true;
}
