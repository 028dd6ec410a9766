/** The Castagnoli polynomial, least significant bit first. */
const POLYNOMIAL = 0x82f6_3b78;
/** Eight tables, one after the other: what a byte does to the sum from that many bytes further on. */
const TABLES = makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? POLYNOMIAL : 0);
    tables[byte] = sum;
  }
  for (let ix = 256; ix < tables.length; ix++) {
    const before = tables[ix - 256]!;
    tables[ix] = (before >>> 8) ^ tables[before & 0xff]!;
  }
  return tables;
}

/**
 * CRC32c of `length` bytes from `at` on, from 0 to 2^32 - 1; `before` is that of the bytes in front (RFC 9260 appendix A).
 *
 * Cost: eight bytes a step, about 1 ns each byte.
 */
export function crc32c(bytes: Uint8Array, at: number, length: number, before = 0): number {
  const t = TABLES;
  const end = at + length;
  let sum = ~before;
  let ix = at;
  for (; ix + 8 <= end; ix += 8) {
    const low = sum ^ (bytes[ix]! | (bytes[ix + 1]! << 8) | (bytes[ix + 2]! << 16) | (bytes[ix + 3]! << 24));
    sum =
      t[1792 + (low & 0xff)]! ^
      t[1536 + ((low >>> 8) & 0xff)]! ^
      t[1280 + ((low >>> 16) & 0xff)]! ^
      t[1024 + (low >>> 24)]! ^
      t[768 + bytes[ix + 4]!]! ^
      t[512 + bytes[ix + 5]!]! ^
      t[256 + bytes[ix + 6]!]! ^
      t[bytes[ix + 7]!]!;
  }
  for (; ix < end; ix++) sum = (sum >>> 8) ^ t[(sum ^ bytes[ix]!) & 0xff]!;
  return ~sum >>> 0;
}
