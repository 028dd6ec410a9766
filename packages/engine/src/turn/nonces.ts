import { concatBytes, decodeBase64, encodeBase64, readU32, sameBytes, writeU32 } from '../bytes/index.js';
import type { Hmac, Random } from '../ports/index.js';
import { NONCE_COOKIE_BYTES, nonceCookie } from '../stun/index.js';

const KEY_WORDS = 8;
const TIME_BYTES = 4;
const MAC_BYTES = 16;
const BRIEF_BYTES = 21;

/**
 * Nonces that need no memory: the second they were made in, and an HMAC over it and the path they were given to. One is good
 * on that path alone, and for a time. They begin with the cookie that tells what the server can (RFC 8489 §9.2), so that
 * nobody on the way can hide it from the client.
 */
export class Nonces {
  readonly #key: Uint8Array;
  readonly #hmac: Hmac;
  readonly #cookie: Uint8Array;
  readonly #lifetimeMs: number;

  constructor(features: number, lifetimeMs: number, random: Random, hmac: Hmac) {
    this.#key = new Uint8Array(4 * KEY_WORDS);
    for (let ix = 0; ix < KEY_WORDS; ix++) writeU32(this.#key, 4 * ix, random.uint32());
    this.#hmac = hmac;
    this.#cookie = nonceCookie(features);
    this.#lifetimeMs = lifetimeMs;
  }

  /** 40 bytes of ASCII. `path` is what the 5-tuple is told by. */
  make(path: Uint8Array, now: number): Uint8Array {
    const time = this.#time(now);
    return concatBytes(this.#cookie, encodeBase64(concatBytes(time, this.#mac(time, path)), false));
  }

  /**
   * 28 bytes, for requests so short that nothing longer may be the answer. It tells nothing of what the server can and is
   * stale from the beginning: who signs a request with it gets a whole one.
   */
  makeBrief(path: Uint8Array, now: number): Uint8Array {
    return encodeBase64(this.#hmac.sha256(this.#key, concatBytes(path, this.#time(now))).subarray(0, BRIEF_BYTES));
  }

  /** Whether a nonce was given to this path and is not too old. */
  isGood(nonce: Uint8Array, path: Uint8Array, now: number): boolean {
    if (!sameBytes(nonce.subarray(0, NONCE_COOKIE_BYTES), this.#cookie)) return false;
    const bytes = decodeBase64(nonce.subarray(NONCE_COOKIE_BYTES));
    if (bytes === null || bytes.length !== TIME_BYTES + MAC_BYTES) return false;
    const time = bytes.subarray(0, TIME_BYTES);
    if (!sameBytes(bytes.subarray(TIME_BYTES), this.#mac(time, path))) return false;
    return now - readU32(time, 0) * 1_000 < this.#lifetimeMs;
  }

  #time(now: number): Uint8Array {
    const time = new Uint8Array(TIME_BYTES);
    writeU32(time, 0, Math.floor(now / 1_000));
    return time;
  }

  #mac(time: Uint8Array, path: Uint8Array): Uint8Array {
    return this.#hmac.sha256(this.#key, concatBytes(time, path)).subarray(0, MAC_BYTES);
  }
}
