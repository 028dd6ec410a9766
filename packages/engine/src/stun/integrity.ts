import { concatBytes, latin1Bytes, sameBytes, writeU16 } from '../bytes/index.js';
import type { Digest, Hmac } from '../ports/index.js';
import { ATTRIBUTE } from './attribute.js';
import { ATTRIBUTE_HEADER_BYTES, HEADER, HEADER_BYTES, padded } from './header.js';
import type { PasswordAlgorithm } from './password-algorithms.js';
import type { StunMessage } from './stun-message.js';

const COLON = latin1Bytes(':');

/** Which of the two attributes a message is signed with. */
export type IntegrityKind = 'sha1' | 'sha256';

/** Bytes of the value of MESSAGE-INTEGRITY and of MESSAGE-INTEGRITY-SHA256. */
export const INTEGRITY_BYTES = { sha1: 20, sha256: 32 } as const;

export const INTEGRITY_ATTRIBUTE = {
  sha1: ATTRIBUTE.MESSAGE_INTEGRITY,
  sha256: ATTRIBUTE.MESSAGE_INTEGRITY_SHA256,
} as const;

/**
 * The key of a long-term credential: a hash over `username:realm:password` (RFC 8489 §9.2.2). The three have been prepared
 * already (OpaqueString, RFC 8265): what Madang makes itself is ASCII, which that leaves as it is.
 */
export function longTermKey(
  algorithm: PasswordAlgorithm,
  username: Uint8Array,
  realm: Uint8Array,
  password: Uint8Array,
  digest: Digest,
): Uint8Array {
  const text = concatBytes(username, COLON, realm, COLON, password);
  return algorithm === 'md5' ? digest.md5(text) : digest.sha256(text);
}

/** Which integrity a message has; the stronger of two (RFC 8489 §9.2.4), null when it has none. */
export function integrityOf(message: StunMessage): IntegrityKind | null {
  if (message.has(ATTRIBUTE.MESSAGE_INTEGRITY_SHA256)) return 'sha256';
  return message.has(ATTRIBUTE.MESSAGE_INTEGRITY) ? 'sha1' : null;
}

/**
 * Whether a message was signed with `key`. A value cut short is refused, though RFC 8489 §14.6 allows usages that cut:
 * none that we know does.
 */
export function isSigned(message: StunMessage, kind: IntegrityKind, key: Uint8Array, hmac: Hmac): boolean {
  const place = message.place(INTEGRITY_ATTRIBUTE[kind]);
  if (place === null || place.length !== INTEGRITY_BYTES[kind]) return false;
  const covered = message.bytes.slice(0, place.at);
  return sameBytes(message.valueAt(place), signature(covered, kind, key, hmac));
}

/**
 * The value of the attribute that signs `covered`, all bytes of the message that stand before it. The length in the header
 * is set to what it is with that attribute as the last (RFC 8489 §14.5): `covered` is changed.
 */
export function signature(covered: Uint8Array, kind: IntegrityKind, key: Uint8Array, hmac: Hmac): Uint8Array {
  const length = covered.length - HEADER_BYTES + ATTRIBUTE_HEADER_BYTES + padded(INTEGRITY_BYTES[kind]);
  writeU16(covered, HEADER.LENGTH, length);
  return kind === 'sha1' ? hmac.sha1(key, covered) : hmac.sha256(key, covered);
}
