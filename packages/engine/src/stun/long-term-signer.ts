import { sameBytes } from '../bytes/index.js';
import type { Digest, Hmac } from '../ports/index.js';
import { ATTRIBUTE } from './attribute.js';
import { type IntegrityKind, integrityOf, isSigned, longTermKey } from './integrity.js';
import type { MessageWriter } from './message-writer.js';
import { SECURITY_FEATURE, securityFeatures } from './nonce-cookie.js';
import { type PasswordAlgorithm, readPasswordAlgorithm } from './password-algorithms.js';
import type { StunMessage } from './stun-message.js';

/** A name and a password as bytes of UTF-8, prepared already (OpaqueString, RFC 8265). */
export interface LongTermAccount {
  readonly username: Uint8Array;
  readonly password: Uint8Array;
}

/** What a server wants said with the credential. */
interface Challenge {
  readonly realm: Uint8Array;
  readonly nonce: Uint8Array;
  /** The value of PASSWORD-ALGORITHMS, to be given back as it came, and what was chosen of it; null without. */
  readonly offer: { readonly all: Uint8Array; readonly chosen: Uint8Array; readonly name: PasswordAlgorithm } | null;
}

const ENTRY_BYTES = 4;

/**
 * A client's side of the long-term credential (RFC 8489 §9.2.3 and §9.2.5). The name goes as USERNAME also where a server
 * takes USERHASH: one whose names are time-limited can't know the hash of a name that it has not seen.
 */
export class LongTermSigner {
  readonly #account: LongTermAccount;
  readonly #hmac: Hmac;
  readonly #digest: Digest;
  #challenge: Challenge | null = null;

  constructor(account: LongTermAccount, hmac: Hmac, digest: Digest) {
    this.#account = account;
    this.#hmac = hmac;
    this.#digest = digest;
  }

  /** What the server calls itself; null until it has said so. */
  get realm(): Uint8Array | null {
    return this.#challenge?.realm ?? null;
  }

  /** Adds the credential and the integrity, or nothing as long as no challenge was learned. */
  sign(writer: MessageWriter): MessageWriter {
    if (this.#challenge === null) return writer;
    const { realm, nonce, offer } = this.#challenge;
    writer.add(ATTRIBUTE.USERNAME, this.#account.username).add(ATTRIBUTE.REALM, realm).add(ATTRIBUTE.NONCE, nonce);
    if (offer !== null) {
      writer.add(ATTRIBUTE.PASSWORD_ALGORITHMS, offer.all).add(ATTRIBUTE.PASSWORD_ALGORITHM, offer.chosen);
    }
    return writer.addIntegrity(this.#kind, this.#key(this.#challenge), this.#hmac);
  }

  /**
   * Learns from a 401 or 438. False when the request need not be sent again: the server refuses what was signed for the
   * same realm, or says nothing that could be signed, or hides the algorithms that its nonce tells of.
   */
  learn(response: StunMessage): boolean {
    const before = this.#challenge;
    const code = response.errorCode();
    const nonce = response.value(ATTRIBUTE.NONCE)?.slice();
    const realm = response.value(ATTRIBUTE.REALM)?.slice() ?? before?.realm;
    if ((code !== 401 && code !== 438) || nonce === undefined || realm === undefined) return false;
    const offer = readOffer(response, nonce);
    if (offer === 'hidden') return false;
    this.#challenge = { realm, nonce, offer };
    return code === 438 || before === null || !sameBytes(before.realm, realm);
  }

  /** Whether a response was signed with our password: that the server knows it too. True before any challenge. */
  isProven(response: StunMessage): boolean {
    const kind = integrityOf(response);
    if (this.#challenge === null) return true;
    return kind !== null && isSigned(response, kind, this.#key(this.#challenge), this.#hmac);
  }

  get #kind(): IntegrityKind {
    return this.#challenge?.offer == null ? 'sha1' : 'sha256';
  }

  #key({ realm, offer }: Challenge): Uint8Array {
    const { username, password } = this.#account;
    return longTermKey(offer?.name ?? 'md5', username, realm, password, this.#digest);
  }
}

/** The first algorithm that we know, as the server likes them best; null of a server that offers none. */
function readOffer(response: StunMessage, nonce: Uint8Array): Challenge['offer'] | 'hidden' {
  const offers = ((securityFeatures(nonce) ?? 0) & SECURITY_FEATURE.PASSWORD_ALGORITHMS) !== 0;
  if (!offers) return null;
  const all = response.value(ATTRIBUTE.PASSWORD_ALGORITHMS)?.slice();
  if (all === undefined) return 'hidden';
  for (let at = 0; at + ENTRY_BYTES <= all.length; at += ENTRY_BYTES) {
    const chosen = all.subarray(at, at + ENTRY_BYTES);
    const name = readPasswordAlgorithm(chosen);
    if (name !== null) return { all, chosen, name };
  }
  return 'hidden';
}
