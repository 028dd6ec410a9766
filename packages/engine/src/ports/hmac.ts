/** Keyed hashes (RFC 2104). The server gives those of its cryptographic library. Inputs are not changed or kept. */
export interface Hmac {
  /** HMAC-SHA1: 20 bytes. */
  sha1(key: Uint8Array, bytes: Uint8Array): Uint8Array;
  /** HMAC-SHA256: 32 bytes. */
  sha256(key: Uint8Array, bytes: Uint8Array): Uint8Array;
}
