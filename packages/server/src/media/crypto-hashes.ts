import { createHash, createHmac } from 'node:crypto';
import type { Digest, Hmac } from '@madang/engine';

/** The engine's keyed hashes, of OpenSSL. */
export const cryptoHmac: Hmac = {
  sha1: (key, bytes) => createHmac('sha1', key).update(bytes).digest(),
  sha256: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};

/** The engine's hashes without a key, of OpenSSL. */
export const cryptoDigest: Digest = {
  md5: (bytes) => createHash('md5').update(bytes).digest(),
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
};
