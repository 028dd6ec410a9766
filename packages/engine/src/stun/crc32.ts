const POLYNOMIAL = 0xedb8_8320;

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
  return remainder;
});

/** The CRC-32 of ITU-T V.42 over the bytes from `from` up to `to`, as FINGERPRINT wants it: from 0 to 2^32 - 1. */
export function crc32(bytes: Uint8Array, from: number, to: number): number {
  let remainder = -1;
  for (let at = from; at < to; at++) remainder = (remainder >>> 8) ^ TABLE[(remainder ^ bytes[at]!) & 0xff]!;
  return ~remainder >>> 0;
}
