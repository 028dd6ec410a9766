import { type SframeHeader, writeSframeHeader } from './sframe-header.js';
import { type SframeKey, sframeNonce } from './sframe-key.js';

export const TAG_BYTES = 16;

/**
 * Header and ciphertext of one frame (RFC 9605 §4.4.3). `metadata` is not in it, and proven with it all the same. The same
 * `counter` must never be used twice under one key.
 */
export async function sealSframe(
  key: SframeKey,
  counter: bigint,
  metadata: Uint8Array,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = writeSframeHeader(key.kid, counter);
  const sealed = await crypto.subtle.encrypt(parameters(key, counter, header, metadata), key.key, plain);
  return joined(header, new Uint8Array(sealed));
}

/** What was sealed, or null where key, metadata or a single bit is another (RFC 9605 §4.4.4). */
export async function openSframe(
  key: SframeKey,
  { counter, bytes }: SframeHeader,
  metadata: Uint8Array,
  frame: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (frame.length < bytes + TAG_BYTES) return null;
  try {
    const used = parameters(key, counter, frame.subarray(0, bytes), metadata);
    return new Uint8Array(await crypto.subtle.decrypt(used, key.key, frame.subarray(bytes)));
  } catch {
    return null;
  }
}

function parameters(key: SframeKey, counter: bigint, header: Uint8Array, metadata: Uint8Array): AesGcmParams {
  return { name: 'AES-GCM', iv: sframeNonce(key.salt, counter), additionalData: joined(header, metadata) };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
