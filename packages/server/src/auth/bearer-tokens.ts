import { createHash, timingSafeEqual } from 'node:crypto';

/** What the `Authorization` header of a request says. `holder` names the token without giving it away. */
export type BearerVerdict =
  | { readonly kind: 'holder'; readonly holder: string }
  /** The door is open, and no token is asked for. */
  | { readonly kind: 'open' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown' };

/** Some tokens that open a door (RFC 6750 §2.1: only in the header, never in the address). */
export class BearerTokens {
  readonly #digests: readonly Buffer[];

  /** Without tokens the door is open. */
  constructor(tokens: readonly string[]) {
    this.#digests = tokens.map(digestOf);
  }

  get isOpen(): boolean {
    return this.#digests.length === 0;
  }

  /** Compares in a time that does not depend on how much of a token was guessed. */
  judge(authorization: string | null): BearerVerdict {
    if (this.isOpen) return { kind: 'open' };
    const token = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return { kind: 'missing' };
    const digest = digestOf(token);
    let found = false;
    for (const known of this.#digests) found = timingSafeEqual(known, digest) || found;
    return found ? { kind: 'holder', holder: digest.toString('base64url') } : { kind: 'unknown' };
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
