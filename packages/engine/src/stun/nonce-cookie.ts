import { concatBytes, decodeBase64, encodeBase64, latin1Bytes, readU24, sameBytes } from '../bytes/index.js';

/** The security features that a nonce tells of, as bits of 24; bit 0 is the leftmost (RFC 8489 §18.1). */
export const SECURITY_FEATURE = { PASSWORD_ALGORITHMS: 1 << 23, USERNAME_ANONYMITY: 1 << 22 } as const;

const COOKIE = latin1Bytes('obMatJos2');
const FEATURE_CHARACTERS = 4;

/** What a nonce of a server with these features begins with, 13 bytes of ASCII (RFC 8489 §9.2). */
export function nonceCookie(features: number): Uint8Array {
  const bits = Uint8Array.of(features >>> 16, features >>> 8, features);
  return concatBytes(COOKIE, encodeBase64(bits));
}

export const NONCE_COOKIE_BYTES = COOKIE.length + FEATURE_CHARACTERS;

/** The features that a nonce tells of; null when it does not begin with the cookie. */
export function securityFeatures(nonce: Uint8Array): number | null {
  if (!sameBytes(nonce.subarray(0, COOKIE.length), COOKIE)) return null;
  const bits = decodeBase64(nonce.subarray(COOKIE.length, NONCE_COOKIE_BYTES));
  return bits?.length === 3 ? readU24(bits, 0) : null;
}
