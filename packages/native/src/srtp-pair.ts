import { loadAddon } from './addon.js';
import type { RawSrtpPair } from './raw-crypto.js';
import type { SrtpProfile } from './srtp-profile.js';

/** What a packet may grow by when it is protected: leave this much room behind it. */
export const SRTP_TRAILER_BYTES = 20;

/** In the order of SrtpFailure in C++, whose 0 is none. */
const FAILURES = [
  'notKeyed',
  'malformed',
  'noRoom',
  'tooManySources',
  'repeated',
  'tooOld',
  'notEncrypted',
  'authentication',
  'keyExhausted',
  'cipher',
] as const;

/** How many packets failed, by reason. */
export type SrtpFailures = Readonly<Record<(typeof FAILURES)[number], number>>;

/** A master key followed by its master salt: 16 + 14, 16 + 12 (GCM) or 32 + 12 bytes. */
export interface SrtpKeys {
  readonly send: Uint8Array;
  readonly receive: Uint8Array;
}

/**
 * SRTP contexts of one peer, both directions (RFC 3711, RFC 7714), for tools, tests and links; the peers of a media plane
 * have theirs inside. Packets are changed in place.
 */
export class SrtpPair {
  readonly #raw: RawSrtpPair;

  private constructor(raw: RawSrtpPair) {
    this.#raw = raw;
  }

  /** With keys that both ends have from elsewhere. Throws when their lengths are not the profile's. */
  static withKeys(profile: SrtpProfile, keys: SrtpKeys): SrtpPair {
    return new SrtpPair(new (loadAddon().SrtpPair)(profile, keys.send, keys.receive));
  }

  /** For `DtlsSession.takeSrtp`. */
  static from(key: (raw: RawSrtpPair) => boolean): SrtpPair | null {
    const raw = new (loadAddon().SrtpPair)();
    return key(raw) ? new SrtpPair(raw) : null;
  }

  /**
   * Protects the first `length` bytes of `buffer`, which has `SRTP_TRAILER_BYTES` more. Returns the new length; 0 when it
   * was refused, for a sequence number that was used before too: a retransmission is RTX or it is not sent.
   */
  protectRtp(buffer: Uint8Array, length: number): number {
    return this.#raw.protectRtp(buffer, length);
  }

  protectRtcp(buffer: Uint8Array, length: number): number {
    return this.#raw.protectRtcp(buffer, length);
  }

  /** Returns the length of the plain packet; 0 when it was refused, and its bytes are then worthless. */
  unprotectRtp(packet: Uint8Array): number {
    return this.#raw.unprotectRtp(packet);
  }

  unprotectRtcp(packet: Uint8Array): number {
    return this.#raw.unprotectRtcp(packet);
  }

  get failures(): { readonly send: SrtpFailures; readonly receive: SrtpFailures } {
    const { send, receive } = this.#raw.failures();
    return { send: named(send), receive: named(receive) };
  }
}

function named(counts: readonly number[]): SrtpFailures {
  return Object.fromEntries(FAILURES.map((name, ix) => [name, counts[ix + 1]])) as SrtpFailures;
}
