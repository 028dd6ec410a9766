import { concatBytes, latin1Bytes } from '../bytes/index.js';
import type { Digest } from '../ports/index.js';

const COLON = latin1Bytes(':');

/** The value of USERHASH, 32 bytes: what a client may send so that its name cannot be read on the way (RFC 8489 §14.4). */
export function userhash(username: Uint8Array, realm: Uint8Array, digest: Digest): Uint8Array {
  return digest.sha256(concatBytes(username, COLON, realm));
}
