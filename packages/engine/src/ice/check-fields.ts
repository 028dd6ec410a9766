import { readU16, readU32 } from '../bytes/index.js';
import {
  ATTRIBUTE,
  ATTRIBUTE_HEADER_BYTES,
  crc32,
  FINGERPRINT_XOR,
  HEADER,
  HEADER_BYTES,
  INTEGRITY_BYTES,
  MAGIC_COOKIE,
  mustBeUnderstood,
  padded,
} from '../stun/index.js';

/** Attributes that a check or its answer may have, below those that need not be understood. */
const UNDERSTOOD: ReadonlySet<number> = new Set([
  ATTRIBUTE.USERNAME,
  ATTRIBUTE.MESSAGE_INTEGRITY,
  ATTRIBUTE.ERROR_CODE,
  ATTRIBUTE.UNKNOWN_ATTRIBUTES,
  ATTRIBUTE.XOR_MAPPED_ADDRESS,
  ATTRIBUTE.PRIORITY,
  ATTRIBUTE.USE_CANDIDATE,
]);

const MOST_UNKNOWN = 8;

/**
 * What a connectivity check or its answer says (RFC 8445 §7.1), read where it stands: places count from the beginning of
 * the array, -1 where there is none. One object serves all messages, so that none is made for each.
 */
export class CheckFields {
  /** The 14 bits of class and method. */
  type = 0;
  /** Where the message begins. */
  at = 0;
  usernameAt = -1;
  usernameLength = 0;
  /** Where the header of MESSAGE-INTEGRITY begins. */
  integrityAt = -1;
  /** What the sender would give a candidate learnt from this check (RFC 8445 §7.1.1); 0 where it says nothing. */
  priority = 0;
  useCandidate = false;
  role: 'controlling' | 'controlled' | null = null;
  /** Types that must be understood and are not. */
  readonly unknown: number[] = [];

  /**
   * Reads the message in `bytes` from `at` on, of exactly `length` bytes. False when it is no STUN message, or has no
   * FINGERPRINT, which a check must have (RFC 8445 §7.1.2). What comes after MESSAGE-INTEGRITY does not count
   * (RFC 8489 §14.5). Never throws, allocates nothing.
   */
  read(bytes: Uint8Array, at: number, length: number): boolean {
    this.#clear(at);
    if (length < HEADER_BYTES || at < 0 || at + length > bytes.length) return false;
    if (readU32(bytes, at + HEADER.COOKIE) !== MAGIC_COOKIE) return false;
    if (length % 4 !== 0 || readU16(bytes, at + HEADER.LENGTH) !== length - HEADER_BYTES) return false;
    this.type = readU16(bytes, at + HEADER.TYPE);
    const end = at + length;
    for (let next = at + HEADER_BYTES; next < end; ) {
      if (next + ATTRIBUTE_HEADER_BYTES > end) return false;
      const attribute = readU16(bytes, next);
      const size = readU16(bytes, next + 2);
      const after = next + ATTRIBUTE_HEADER_BYTES + padded(size);
      if (after > end) return false;
      if (attribute === ATTRIBUTE.FINGERPRINT) return after === end && size === 4 && isFingerprint(bytes, at, next);
      if (this.integrityAt < 0) this.#take(bytes, attribute, next, size);
      next = after;
    }
    return false;
  }

  #clear(at: number): void {
    this.at = at;
    this.usernameAt = -1;
    this.usernameLength = 0;
    this.integrityAt = -1;
    this.priority = 0;
    this.useCandidate = false;
    this.role = null;
    this.unknown.length = 0;
  }

  /** Of several attributes of one type the first counts. */
  #take(bytes: Uint8Array, attribute: number, at: number, size: number): void {
    switch (attribute) {
      case ATTRIBUTE.USERNAME:
        if (this.usernameAt >= 0) return;
        this.usernameAt = at + ATTRIBUTE_HEADER_BYTES;
        this.usernameLength = size;
        return;
      case ATTRIBUTE.MESSAGE_INTEGRITY:
        if (size === INTEGRITY_BYTES.sha1) this.integrityAt = at;
        return;
      case ATTRIBUTE.PRIORITY:
        if (this.priority === 0 && size === 4) this.priority = readU32(bytes, at + ATTRIBUTE_HEADER_BYTES);
        return;
      case ATTRIBUTE.USE_CANDIDATE:
        this.useCandidate = true;
        return;
      case ATTRIBUTE.ICE_CONTROLLING:
        this.role ??= 'controlling';
        return;
      case ATTRIBUTE.ICE_CONTROLLED:
        this.role ??= 'controlled';
        return;
      default:
        if (mustBeUnderstood(attribute) && !UNDERSTOOD.has(attribute) && this.unknown.length < MOST_UNKNOWN) {
          this.unknown.push(attribute);
        }
    }
  }
}

function isFingerprint(bytes: Uint8Array, from: number, at: number): boolean {
  return readU32(bytes, at + ATTRIBUTE_HEADER_BYTES) === (crc32(bytes, from, at) ^ FINGERPRINT_XOR) >>> 0;
}
