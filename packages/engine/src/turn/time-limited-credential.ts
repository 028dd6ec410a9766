import { encodeBase64, latin1Bytes, latin1Text } from '../bytes/index.js';
import type { Hmac } from '../ports/index.js';

/** What a client proves itself with, by the convention of the TURN REST API that coturn and others share. */
export interface TurnCredential {
  /** `expiry:account`, expiry in whole seconds since 1970. */
  readonly username: string;
  /** The HMAC-SHA1 of the username with the secret, in base64. */
  readonly credential: string;
}

/** A credential that nobody needs to remember. `account` is printable ASCII. */
export function timeLimitedCredential(
  secret: Uint8Array,
  account: string,
  expiresWallMs: number,
  hmac: Hmac,
): TurnCredential {
  const username = `${Math.ceil(expiresWallMs / 1_000)}:${account}`;
  return { username, credential: latin1Text(passwordOf(latin1Bytes(username), secret, hmac)) };
}

/** The password that belongs to a username. */
export function passwordOf(username: Uint8Array, secret: Uint8Array, hmac: Hmac): Uint8Array {
  return encodeBase64(hmac.sha1(secret, username));
}

export interface TimeLimitedName {
  readonly expiresWallMs: number;
  /** Whom quotas are counted for: what follows the colon, or the whole name without one. */
  readonly account: string;
}

const NAME = /^(\d{1,12})(?::(.*))?$/s;

/** What a username says; null when it is not of this convention. */
export function readTimeLimitedName(username: string): TimeLimitedName | null {
  const match = NAME.exec(username);
  return match === null ? null : { expiresWallMs: Number(match[1]) * 1_000, account: match[2] ?? username };
}
