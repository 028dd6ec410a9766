import { readU16, readU32, readU48, sameBytes, writeU16, writeU32, writeU48 } from '../bytes/index.js';
import type { Hmac, Random } from '../ports/index.js';
import type { Introduction } from './init-chunk.js';

const BODY_BYTES = 27;
const MAC_BYTES = 16;
const KEY_WORDS = 8;
/** Valid.Cookie.Life (RFC 9260 §16). */
export const COOKIE_LIFE_MS = 60_000;

const FORWARD_TSN = 1;
const RE_CONFIG = 2;
const ZERO_CHECKSUM = 4;

export type OpenedCookie =
  | { readonly type: 'good'; readonly remote: Introduction }
  | { readonly type: 'bad' }
  | { readonly type: 'stale' };

/**
 * ```
 * | made at, ms (6) | our tag (4) | tag (4) | window (4) | streams out, in (4) | TSN (4) | features (1) | HMAC (16) |
 * ```
 *
 * What INIT said, given back to its sender under a key of this association alone, so that nothing of it is kept until it
 * has come back (RFC 9260 §5.1.3). It holds numbers of the other side, our tag, which it knows, and the time.
 */
export class StateCookies {
  readonly #hmac: Hmac;
  readonly #key = new Uint8Array(4 * KEY_WORDS);
  readonly #ownTag: number;

  constructor(hmac: Hmac, random: Random, ownTag: number) {
    this.#hmac = hmac;
    this.#ownTag = ownTag;
    for (let word = 0; word < KEY_WORDS; word++) writeU32(this.#key, 4 * word, random.uint32());
  }

  make(remote: Introduction, now: number): Uint8Array {
    const cookie = new Uint8Array(BODY_BYTES + MAC_BYTES);
    writeU48(cookie, 0, Math.floor(now));
    writeU32(cookie, 6, this.#ownTag);
    writeU32(cookie, 10, remote.tag);
    writeU32(cookie, 14, remote.windowBytes);
    writeU16(cookie, 18, remote.outStreams);
    writeU16(cookie, 20, remote.inStreams);
    writeU32(cookie, 22, remote.tsn);
    const { forwardTsn, reConfig, zeroChecksum } = remote;
    cookie[26] = (forwardTsn ? FORWARD_TSN : 0) | (reConfig ? RE_CONFIG : 0) | (zeroChecksum ? ZERO_CHECKSUM : 0);
    cookie.set(this.#mac(cookie), BODY_BYTES);
    return cookie;
  }

  /** `bad`: not one of ours; `stale`: one of ours that is older than a minute. */
  open(cookie: Uint8Array, now: number): OpenedCookie {
    if (cookie.length !== BODY_BYTES + MAC_BYTES) return { type: 'bad' };
    if (!sameBytes(cookie.subarray(BODY_BYTES), this.#mac(cookie))) return { type: 'bad' };
    if (now - readU48(cookie, 0) > COOKIE_LIFE_MS) return { type: 'stale' };
    const features = cookie[26]!;
    const remote: Introduction = {
      tag: readU32(cookie, 10),
      windowBytes: readU32(cookie, 14),
      outStreams: readU16(cookie, 18),
      inStreams: readU16(cookie, 20),
      tsn: readU32(cookie, 22),
      forwardTsn: (features & FORWARD_TSN) !== 0,
      reConfig: (features & RE_CONFIG) !== 0,
      zeroChecksum: (features & ZERO_CHECKSUM) !== 0,
    };
    return { type: 'good', remote };
  }

  #mac(cookie: Uint8Array): Uint8Array {
    return this.#hmac.sha256(this.#key, cookie.subarray(0, BODY_BYTES)).subarray(0, MAC_BYTES);
  }
}
