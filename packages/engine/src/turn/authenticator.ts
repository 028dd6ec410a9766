import { latin1Bytes, latin1Text, sameBytes } from '../bytes/index.js';
import type { Digest, Hmac } from '../ports/index.js';
import {
  ATTRIBUTE,
  type IntegrityKind,
  integrityOf,
  isSigned,
  longTermKey,
  type PasswordAlgorithm,
  passwordAlgorithmsValue,
  readPasswordAlgorithm,
  SECURITY_FEATURE,
  type StunMessage,
  securityFeatures,
} from '../stun/index.js';
import { KnownUsernames } from './known-usernames.js';
import type { Nonces } from './nonces.js';
import { passwordOf, readTimeLimitedName } from './time-limited-credential.js';

/** Who sent a request. */
export interface Identity {
  /** One character for each byte. */
  readonly username: string;
  /** Whom quotas are counted for. */
  readonly account: string;
  readonly expiresWallMs: number;
}

export type Proof =
  | { readonly type: 'proven'; readonly identity: Identity; readonly kind: IntegrityKind; readonly key: Uint8Array }
  /** To be answered with `code`, and with realm and nonce unless it is 400. */
  | { readonly type: 'unproven'; readonly code: 400 | 401 | 438 };

const unproven = (code: 400 | 401 | 438): Proof => ({ type: 'unproven', code });

/** What PASSWORD-ALGORITHMS says, in the order that we like them. */
export const OFFERED_ALGORITHMS = passwordAlgorithmsValue(['sha256', 'md5']);

export const SERVER_FEATURES = SECURITY_FEATURE.PASSWORD_ALGORITHMS | SECURITY_FEATURE.USERNAME_ANONYMITY;

/** Where and when a request came. */
export interface RequestPlace {
  readonly path: Uint8Array;
  readonly now: number;
  readonly wallMs: number;
}

/** Checks long-term credentials (RFC 8489 §9.2.4) that are time-limited, of any of several secrets. */
export class Authenticator {
  readonly known: KnownUsernames;
  readonly #realm: Uint8Array;
  readonly #secrets: readonly Uint8Array[];
  readonly #nonces: Nonces;
  readonly #hmac: Hmac;
  readonly #digest: Digest;

  constructor(realm: string, secrets: readonly Uint8Array[], nonces: Nonces, hmac: Hmac, digest: Digest) {
    this.#realm = latin1Bytes(realm);
    this.#secrets = secrets;
    this.#nonces = nonces;
    this.#hmac = hmac;
    this.#digest = digest;
    this.known = new KnownUsernames(this.#realm, digest);
  }

  /** `isLive` tells whether a username has an allocation: that one may go on when the credential has expired. */
  check(message: StunMessage, place: RequestPlace, isLive: (username: string) => boolean): Proof {
    // A request without integrity: 401.
    const kind = integrityOf(message);
    if (kind === null) return unproven(401);
    // Without USERNAME and USERHASH, without REALM, or without NONCE: 400.
    const nonce = message.value(ATTRIBUTE.NONCE);
    const realm = message.value(ATTRIBUTE.REALM);
    const isNamed = message.has(ATTRIBUTE.USERNAME) || message.has(ATTRIBUTE.USERHASH);
    if (nonce === null || realm === null || !isNamed) return unproven(400);
    // A nonce that tells of password algorithms: either none is named, or the very ones that were offered.
    const algorithm = passwordAlgorithm(message, nonce);
    if (algorithm === null) return unproven(400);
    // A name that is not known: 401.
    const username = this.#username(message);
    const name = username === null ? null : readTimeLimitedName(latin1Text(username));
    if (username === null || name === null || !sameBytes(realm, this.#realm)) return unproven(401);
    // A wrong signature: 401, whether the nonce is still good or not.
    const key = this.#keyOf(message, kind, algorithm, username);
    if (key === null) return unproven(401);
    const identity = { username: latin1Text(username), ...name };
    if (place.wallMs >= name.expiresWallMs && !isLive(identity.username)) return unproven(401);
    // A nonce that is not good any more: 438.
    if (!this.#nonces.isGood(nonce, place.path, place.now)) return unproven(438);
    if (!isLive(identity.username)) this.known.add(username);
    return { type: 'proven', identity, kind, key };
  }

  #username(message: StunMessage): Uint8Array | null {
    const hash = message.value(ATTRIBUTE.USERHASH);
    return hash === null ? message.value(ATTRIBUTE.USERNAME) : this.known.find(hash);
  }

  /** The key that the message was signed with; null when it was with none of ours. */
  #keyOf(message: StunMessage, kind: IntegrityKind, algorithm: PasswordAlgorithm, username: Uint8Array) {
    for (const secret of this.#secrets) {
      const password = passwordOf(username, secret, this.#hmac);
      const key = longTermKey(algorithm, username, this.#realm, password, this.#digest);
      if (isSigned(message, kind, key, this.#hmac)) return key;
    }
    return null;
  }
}

/** What the key is made with; null when the request names something else than was offered. */
function passwordAlgorithm(message: StunMessage, nonce: Uint8Array): PasswordAlgorithm | null {
  const features = securityFeatures(nonce) ?? 0;
  if ((features & SECURITY_FEATURE.PASSWORD_ALGORITHMS) === 0) return 'md5';
  const chosen = message.value(ATTRIBUTE.PASSWORD_ALGORITHM);
  const offered = message.value(ATTRIBUTE.PASSWORD_ALGORITHMS);
  if (chosen === null && offered === null) return 'md5';
  if (chosen === null || offered === null || !sameBytes(offered, OFFERED_ALGORITHMS)) return null;
  return readPasswordAlgorithm(chosen);
}
