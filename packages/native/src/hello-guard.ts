import { loadAddon } from './addon.js';
import type { RawHelloGuard } from './raw-crypto.js';

export type HelloVerdict =
  /** No ClientHello that can be answered. */
  | { readonly type: 'drop' }
  /** Send this; no state is to be kept. */
  | { readonly type: 'reply'; readonly datagram: Uint8Array }
  /** The sender has shown that it receives: open a session with `afterCookie` and give it this datagram. */
  | { readonly type: 'accept' };

/**
 * The cookie exchange (RFC 6347 §4.2.1) for ports that take DTLS from anybody, such as those of a TURN server: a flood of
 * spoofed hellos costs a microsecond each and no memory. A hello that is split into fragments before its end is dropped
 * by the session later; browsers, which may do that, come through ICE and need no cookie.
 */
export class HelloGuard {
  readonly #raw: RawHelloGuard;
  readonly #reply: Uint8Array;

  constructor() {
    const { HelloGuard: Raw } = loadAddon();
    this.#raw = new Raw();
    this.#reply = new Uint8Array(Raw.replyBytes);
  }

  /** Judges a datagram from `address`: any 1 to 32 bytes that name IP and port. Cookies hold one to two minutes. */
  check(datagram: Uint8Array, address: Uint8Array, nowMs: number): HelloVerdict {
    const verdict = this.#raw.check(datagram, address, nowMs, this.#reply);
    if (verdict === 2) return { type: 'accept' };
    return verdict === 1 ? { type: 'reply', datagram: this.#reply.slice() } : { type: 'drop' };
  }
}
