import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

/** The cipher suites of RFC 9605 §4.5 that need no more than the browser's AES-GCM. Both have a tag of 128 bits. */
export const SFRAME_SUITES = {
  AES_128_GCM_SHA256_128: { id: 4, hash: sha256, keyBytes: 16 },
  AES_256_GCM_SHA512_128: { id: 5, hash: sha512, keyBytes: 32 },
} as const;
export type SframeSuite = (typeof SFRAME_SUITES)[keyof typeof SFRAME_SUITES];

const NONCE_BYTES = 12;
const RATCHET = text('SFrame 1.0 Ratchet');
const NO_SALT = new Uint8Array();

/** What frames are encrypted with under one key id. */
export interface SframeKey {
  readonly kid: bigint;
  readonly key: CryptoKey;
  readonly salt: Uint8Array;
}

/** The bytes of key and salt for one key id (RFC 9605 §4.4.2). */
export function deriveSframeSecrets(
  suite: SframeSuite,
  baseKey: Uint8Array,
  kid: bigint,
): { readonly key: Uint8Array<ArrayBuffer>; readonly salt: Uint8Array } {
  const secret = extract(suite.hash, baseKey, NO_SALT);
  const label = (name: string): Uint8Array => {
    const named = text(`SFrame 1.0 Secret ${name} `);
    const bytes = new Uint8Array(named.length + 10);
    bytes.set(named);
    const view = new DataView(bytes.buffer, named.length);
    view.setBigUint64(0, kid);
    view.setUint16(8, suite.id);
    return bytes;
  };
  return {
    key: new Uint8Array(expand(suite.hash, secret, label('key'), suite.keyBytes)),
    salt: expand(suite.hash, secret, label('salt'), NONCE_BYTES),
  };
}

export async function sframeKey(suite: SframeSuite, baseKey: Uint8Array, kid: bigint): Promise<SframeKey> {
  const { key, salt } = deriveSframeSecrets(suite, baseKey, kid);
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
  key.fill(0);
  return { kid, key: imported, salt };
}

/** The base key one step further, from which the one before can't be had back (RFC 9605 §5.1). */
export function ratchet(suite: SframeSuite, baseKey: Uint8Array): Uint8Array {
  return expand(suite.hash, extract(suite.hash, baseKey, NO_SALT), RATCHET, suite.hash.outputLen);
}

/** The counter, in the last bytes, over the salt (RFC 9605 §4.4.3). */
export function sframeNonce(salt: Uint8Array, counter: bigint): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(salt);
  const view = new DataView(nonce.buffer, NONCE_BYTES - 8);
  view.setBigUint64(0, view.getBigUint64(0) ^ counter);
  return nonce;
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
