import { createHash, createHmac } from 'node:crypto';
import type { Digest, Hmac } from '@madang/engine';

/** The engine's ports for hashes, with those of Node: real ones, as vectors want. */
export const nodeHmac: Hmac = {
  sha1: (key, bytes) => new Uint8Array(createHmac('sha1', key).update(bytes).digest()),
  sha256: (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
};

export const nodeDigest: Digest = {
  md5: (bytes) => new Uint8Array(createHash('md5').update(bytes).digest()),
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
};
