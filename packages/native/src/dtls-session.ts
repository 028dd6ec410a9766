import { loadAddon } from './addon.js';
import { type DtlsIdentity, parseFingerprint } from './dtls-identity.js';
import type { RawDtlsSession } from './raw-crypto.js';
import { SrtpPair } from './srtp-pair.js';

/** In the order of DtlsFailure in C++, whose 0 is none. */
const FAILURES = ['timeout', 'fingerprint', 'no-srtp-profile', 'alert', 'protocol', 'openssl'] as const;

/**
 * Why a session failed. `timeout`: no answer, or no end after 30 s. `fingerprint`: the peer's certificate is not the
 * announced one. `alert`: the peer gave up. `protocol`: we gave up.
 */
export type DtlsFailure = (typeof FAILURES)[number];

export type DtlsState =
  | { readonly type: 'new' }
  | { readonly type: 'connecting' }
  /** `srtpProfile`: a number of `SRTP_PROFILE`, or 0 when none was agreed on. `maxDataBytes`: the most that `send` takes. */
  | { readonly type: 'connected'; readonly srtpProfile: number; readonly maxDataBytes: number }
  | { readonly type: 'closed' }
  /** `alert`: the description of the fatal alert that ended it (RFC 5246 §7.2), if one did. */
  | { readonly type: 'failed'; readonly why: DtlsFailure; readonly alert: number | null };

export interface DtlsSessionOptions {
  readonly role: 'client' | 'server';
  /** The longest datagram to be sent, as UDP payload, 256 to 2,048 bytes. 1,200. */
  readonly maxDatagramBytes?: number;
  /** Whether a session without SRTP profile fails. True. */
  readonly needsSrtp?: boolean;
  /** A server whose first datagram a `HelloGuard` has accepted. */
  readonly afterCookie?: boolean;
  /**
   * Whether the peer must show the certificate of a fingerprint. True. With false a client without one is connected when
   * the handshake is done: it has to prove in some other way who it is.
   */
  readonly needsCertificate?: boolean;
  /** The longest datagram once the handshake is done, up to 2,048 bytes. That of the handshake. */
  readonly maxDataDatagramBytes?: number;
}

/** What a call made: datagrams to send to the peer in their order, and the data that it sent. */
export interface DtlsOutput {
  readonly datagrams: readonly Uint8Array[];
  readonly data: readonly Uint8Array[];
}

/**
 * One DTLS 1.2 association as a core without I/O: give it what came from the peer's address, send what it returns, and
 * call `handleTimeout` when `nextTimeoutMs` has passed. Nothing from the network throws.
 *
 * For TURN over DTLS, tools and tests; the peers of a media plane have theirs inside.
 */
export class DtlsSession {
  readonly #raw: RawDtlsSession;

  constructor(identity: DtlsIdentity, options: DtlsSessionOptions) {
    this.#raw = new (loadAddon().DtlsSession)(identity.raw, {
      isClient: options.role === 'client',
      maxDatagramBytes: options.maxDatagramBytes ?? 1200,
      needsSrtp: options.needsSrtp ?? true,
      afterCookie: options.afterCookie ?? false,
      needsCertificate: options.needsCertificate ?? true,
      maxDataDatagramBytes: options.maxDataDatagramBytes ?? 0,
    });
  }

  /**
   * The SHA-256 fingerprint that signaling announced, as in SDP. A handshake may run before, but neither keys nor data
   * are given out. The first call counts. Throws `RangeError` for what is no such fingerprint.
   */
  setRemoteFingerprint(text: string): DtlsOutput {
    const fingerprint = parseFingerprint(text);
    if (fingerprint === null) throw new RangeError(`"${text}" is no SHA-256 fingerprint`);
    return this.#raw.setRemoteFingerprint(fingerprint);
  }

  /** A client says hello; a server waits for one. `nowMs`: monotonic, here and below. */
  start(nowMs: number): DtlsOutput {
    return this.#raw.start(nowMs);
  }

  /** One datagram from the peer, whatever is in it. */
  receive(datagram: Uint8Array, nowMs: number): DtlsOutput {
    return this.#raw.receive(datagram, nowMs);
  }

  /** How long from now until `handleTimeout` is due; null when nothing is awaited. */
  nextTimeoutMs(nowMs: number): number | null {
    const left = this.#raw.nextTimeoutMs(nowMs);
    return left < 0 ? null : left;
  }

  /** Sends again what was not answered, or gives up. Retransmissions follow OpenSSL's clock, not `nowMs`. */
  handleTimeout(nowMs: number): DtlsOutput {
    return this.#raw.handleTimeout(nowMs);
  }

  /** Encrypts one record; null unless connected and between 1 and `maxDataBytes` long. */
  send(data: Uint8Array): DtlsOutput | null {
    return this.#raw.send(data);
  }

  /** Says good-bye and forgets all keys. */
  close(): DtlsOutput {
    return this.#raw.close();
  }

  get state(): DtlsState {
    const { state, failure, alertReceived, alertSent, srtpProfile, maxDataBytes } = this.#raw.status();
    if (state === 0) return { type: 'new' };
    if (state === 1) return { type: 'connecting' };
    if (state === 2) return { type: 'connected', srtpProfile, maxDataBytes };
    if (state === 3) return { type: 'closed' };
    const alert = Math.max(alertReceived, alertSent);
    return { type: 'failed', why: FAILURES[failure - 1]!, alert: alert < 0 ? null : alert };
  }

  /** Records that were dropped before OpenSSL saw them: plaintext to a connected session, too short, too many. */
  get droppedRecords(): number {
    return this.#raw.status().droppedRecords;
  }

  /** Contexts for media, once; null unless connected with an SRTP profile. The keys stay in C++. */
  takeSrtp(): SrtpPair | null {
    return SrtpPair.from((pair) => this.#raw.takeSrtp(pair));
  }
}
