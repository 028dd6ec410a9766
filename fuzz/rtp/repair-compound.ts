import { readU16, writeU16 } from '../../packages/engine/src/bytes/index.js';

const HEADER_BYTES = 4;

/**
 * Makes bytes a compound again whose packets fill it, so that what they hold is looked at: versions are set, the last
 * length is made to fit, and padding is left only there. Returns the length that is left, a multiple of four.
 */
export function repairCompound(bytes: Uint8Array, from: number, length: number): number {
  const end = from + (length & ~3);
  for (let at = from; at < end; ) {
    bytes[at] = 0x80 | (bytes[at]! & 0x3f);
    const rest = end - at - HEADER_BYTES;
    if (4 * readU16(bytes, at + 2) >= rest) {
      writeU16(bytes, at + 2, rest / 4);
      return end - from;
    }
    bytes[at]! &= 0xdf;
    at += HEADER_BYTES + 4 * readU16(bytes, at + 2);
  }
  return end - from;
}
