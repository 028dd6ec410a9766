import { readU16, writeU16, writeU32 } from '../bytes/index.js';
import type { Hmac } from '../ports/index.js';
import {
  ATTRIBUTE,
  ATTRIBUTE_HEADER_BYTES,
  crc32,
  FINGERPRINT_XOR,
  HEADER,
  HEADER_BYTES,
  INTEGRITY_BYTES,
} from '../stun/index.js';

const INTEGRITY_END = ATTRIBUTE_HEADER_BYTES + INTEGRITY_BYTES.sha1;

/** Bytes of MESSAGE-INTEGRITY and FINGERPRINT together. */
export const SEAL_BYTES = INTEGRITY_END + ATTRIBUTE_HEADER_BYTES + 4;

/**
 * Whether the message that begins at `at` was signed with `key`: its MESSAGE-INTEGRITY stands at `integrityAt`. The length
 * in the header is what it was when it was signed while the hash is made (RFC 8489 §14.5), and is put back. In constant
 * time for what it compares. Cost: one HMAC over the bytes where they stand, nothing copied.
 */
export function isSignedInPlace(
  bytes: Uint8Array,
  at: number,
  integrityAt: number,
  key: Uint8Array,
  hmac: Hmac,
): boolean {
  const written = readU16(bytes, at + HEADER.LENGTH);
  writeU16(bytes, at + HEADER.LENGTH, integrityAt + INTEGRITY_END - at - HEADER_BYTES);
  const mac = hmac.sha1(key, bytes.subarray(at, integrityAt));
  writeU16(bytes, at + HEADER.LENGTH, written);
  let difference = 0;
  for (let ix = 0; ix < INTEGRITY_BYTES.sha1; ix++) {
    difference |= mac[ix]! ^ bytes[integrityAt + ATTRIBUTE_HEADER_BYTES + ix]!;
  }
  return difference === 0;
}

/**
 * Ends the message from `at` up to `end` with MESSAGE-INTEGRITY and FINGERPRINT, `SEAL_BYTES` more, and sets its length.
 * Where it ends then.
 */
export function seal(bytes: Uint8Array, at: number, end: number, key: Uint8Array, hmac: Hmac): number {
  writeU16(bytes, at + HEADER.LENGTH, end + INTEGRITY_END - at - HEADER_BYTES);
  const mac = hmac.sha1(key, bytes.subarray(at, end));
  writeAttributeHeader(bytes, end, ATTRIBUTE.MESSAGE_INTEGRITY, INTEGRITY_BYTES.sha1);
  bytes.set(mac, end + ATTRIBUTE_HEADER_BYTES);
  const fingerprintAt = end + INTEGRITY_END;
  writeU16(bytes, at + HEADER.LENGTH, end + SEAL_BYTES - at - HEADER_BYTES);
  writeAttributeHeader(bytes, fingerprintAt, ATTRIBUTE.FINGERPRINT, 4);
  writeU32(bytes, fingerprintAt + ATTRIBUTE_HEADER_BYTES, crc32(bytes, at, fingerprintAt) ^ FINGERPRINT_XOR);
  return end + SEAL_BYTES;
}

export function writeAttributeHeader(bytes: Uint8Array, at: number, type: number, length: number): void {
  writeU16(bytes, at, type);
  writeU16(bytes, at + 2, length);
}
