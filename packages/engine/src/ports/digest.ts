/** Hashes without a key. Inputs are not changed or kept. */
export interface Digest {
  /** MD5: 16 bytes. STUN makes keys with it (RFC 8489 §9.2.2); it protects nothing else. */
  md5(bytes: Uint8Array): Uint8Array;
  /** SHA-256: 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
}
