import { readTimeLimitedName, timeLimitedCredential } from '@madang/engine';
import { cryptoHmac } from '../../media/index.js';
import type { TurnAccount } from '../../turn-client/index.js';
import type { TurnFault } from './turn-walk.js';

/** What a TURN server is asked with. */
export type TurnCredential =
  | { readonly kind: 'none' }
  /** `issuedNow`: just made by a server for us, and so valid by that server's clock. */
  | { readonly kind: 'account'; readonly account: TurnAccount; readonly issuedNow?: boolean }
  /** What the server makes time-limited passwords with: we make them too. */
  | { readonly kind: 'secret'; readonly secret: string };

export const LIFETIME_MS = 3_600_000;
/** The farthest that servers can read which keep seconds in 32 bits, as coturn does. */
const FAR_WALL_MS = (2 ** 31 - 1) * 1_000;
const ACCOUNT = 'doctor';

/** The account to ask with. `far`: one that is valid by whatever clock, of a secret; null where we can't make one. */
export function accountOf(credential: TurnCredential, wallMs: number, far = false): TurnAccount | null {
  if (credential.kind !== 'secret') return credential.kind === 'none' || far ? null : credential.account;
  const expiresMs = far ? FAR_WALL_MS : wallMs + LIFETIME_MS;
  const made = timeLimitedCredential(Buffer.from(credential.secret), ACCOUNT, expiresMs, cryptoHmac);
  return { username: made.username, password: made.credential };
}

export interface Refused {
  readonly credential: TurnCredential;
  readonly username: string;
  readonly wallMs: number;
  /** Whether the same secret with a time in the far future was accepted; null when that could not be tried. */
  readonly farWorks: boolean | null;
}

/** Why a credential was refused with 401: servers do not say, and so it is told by what we know of it. */
export function whyRefused({ credential, username, wallMs, farWorks }: Refused): TurnFault {
  if (credential.kind === 'none') return { cause: 'no-credential' };
  if (farWorks === true) return { cause: 'clock-skew', lifetimeMs: LIFETIME_MS };
  const name = readTimeLimitedName(username);
  if (name === null) return { cause: 'unknown-user', username };
  if (name.expiresWallMs > wallMs) return { cause: 'wrong-secret', username };
  const issuedNow = credential.kind === 'account' && credential.issuedNow === true;
  return issuedNow
    ? { cause: 'clock-skew', lifetimeMs: 0 }
    : { cause: 'expired', username, expiredMs: name.expiresWallMs };
}
