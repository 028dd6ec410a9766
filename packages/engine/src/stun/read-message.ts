import { readU16, readU32 } from '../bytes/index.js';
import { ATTRIBUTE } from './attribute.js';
import { crc32 } from './crc32.js';
import { ATTRIBUTE_HEADER_BYTES, FINGERPRINT_XOR, HEADER, HEADER_BYTES, MAGIC_COOKIE, padded } from './header.js';
import { classOf, methodOf } from './message-type.js';
import { type AttributePlace, StunMessage } from './stun-message.js';

/**
 * Why bytes are no STUN message: too short for a header, not begun like one, without the cookie, of another length than
 * they say, with an attribute that reaches over the end, with more attributes than anybody needs, or with a FINGERPRINT
 * that is wrong or not the last.
 */
export type StunFault = 'short' | 'no_stun' | 'cookie' | 'length' | 'attribute' | 'crowded' | 'fingerprint';

/** More than any message of STUN, ICE or TURN has. */
const MOST_ATTRIBUTES = 64;

/**
 * Reads exactly one message: its framing, and the places of its attributes up to those that end it (RFC 8489 §6.3). After
 * MESSAGE-INTEGRITY only MESSAGE-INTEGRITY-SHA256 and FINGERPRINT count, after the former only the latter (§14.5, §14.6).
 * A FINGERPRINT is checked. Looks into `bytes` without copying. Never throws.
 */
export function readMessage(bytes: Uint8Array): StunMessage | StunFault {
  if (bytes.length < HEADER_BYTES) return 'short';
  const type = readU16(bytes, HEADER.TYPE);
  if (type > 0x3fff) return 'no_stun';
  if (readU32(bytes, HEADER.COOKIE) !== MAGIC_COOKIE) return 'cookie';
  const length = readU16(bytes, HEADER.LENGTH);
  if (length % 4 !== 0 || HEADER_BYTES + length !== bytes.length) return 'length';
  const attributes = readAttributes(bytes);
  return typeof attributes === 'string'
    ? attributes
    : new StunMessage(bytes, methodOf(type), classOf(type), attributes);
}

function readAttributes(bytes: Uint8Array): AttributePlace[] | StunFault {
  const found: AttributePlace[] = [];
  let last = 0;
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    const type = readU16(bytes, at);
    const length = readU16(bytes, at + 2);
    const next = at + ATTRIBUTE_HEADER_BYTES + padded(length);
    if (next > bytes.length) return 'attribute';
    if (type === ATTRIBUTE.FINGERPRINT && !isFingerprint(bytes, at, length)) return 'fingerprint';
    if (countsAfter(last, type)) {
      if (found.length === MOST_ATTRIBUTES) return 'crowded';
      found.push({ type, at, length });
      last = ending(last, type);
    }
    at = next;
  }
  return found;
}

/** Whether an attribute counts that comes after the one of those that end a message. */
function countsAfter(last: number, type: number): boolean {
  if (last === 0) return true;
  return (
    type === ATTRIBUTE.FINGERPRINT ||
    (last === ATTRIBUTE.MESSAGE_INTEGRITY && type === ATTRIBUTE.MESSAGE_INTEGRITY_SHA256)
  );
}

function ending(last: number, type: number): number {
  const ends = type === ATTRIBUTE.MESSAGE_INTEGRITY || type === ATTRIBUTE.MESSAGE_INTEGRITY_SHA256;
  return ends || type === ATTRIBUTE.FINGERPRINT ? type : last;
}

/** Whether a right FINGERPRINT stands at `at`, and stands last (RFC 8489 §14.7). */
function isFingerprint(bytes: Uint8Array, at: number, length: number): boolean {
  if (length !== 4 || at + ATTRIBUTE_HEADER_BYTES + 4 !== bytes.length) return false;
  return readU32(bytes, at + ATTRIBUTE_HEADER_BYTES) === (crc32(bytes, 0, at) ^ FINGERPRINT_XOR) >>> 0;
}
