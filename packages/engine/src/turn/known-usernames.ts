import { latin1Text } from '../bytes/index.js';
import type { Digest } from '../ports/index.js';
import { userhash } from '../stun/index.js';

const MOST = 20_000;

/**
 * Usernames by their hash, since a client may send only that (USERHASH, RFC 8489 §14.4). Time-limited names are not listed
 * anywhere, so a name is known from when it was given out or has proved itself; the oldest are forgotten.
 */
export class KnownUsernames {
  readonly #names = new Map<string, Uint8Array>();
  readonly #realm: Uint8Array;
  readonly #digest: Digest;

  constructor(realm: Uint8Array, digest: Digest) {
    this.#realm = realm;
    this.#digest = digest;
  }

  add(username: Uint8Array): void {
    const hash = latin1Text(userhash(username, this.#realm, this.#digest));
    this.#names.delete(hash);
    this.#names.set(hash, username.slice());
    if (this.#names.size > MOST) this.#names.delete(this.#names.keys().next().value as string);
  }

  find(hash: Uint8Array): Uint8Array | null {
    return this.#names.get(latin1Text(hash)) ?? null;
  }
}
