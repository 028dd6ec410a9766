import { type Deadline, latin1Bytes } from '../bytes/index.js';
import type { IceCredentials } from '../sdp/index.js';

/** An address that the other side wants to move to, until it has answered a check of ours from there. */
export interface Trial {
  readonly portIx: number;
  readonly addressIx: number;
  /** That of the check which began it. */
  readonly priority: number;
  /** With which that check spoke: `own` of the agent, or `previous`. */
  readonly secret: OwnSecret;
  /** 12 bytes. */
  readonly transaction: Uint8Array;
  sent: number;
  nextAt: number;
}

/** Credentials of ours, as they are compared and hashed. */
export interface OwnSecret {
  readonly ufrag: string;
  readonly key: Uint8Array;
}

export interface RemoteSecret {
  readonly ufrag: string;
  readonly key: Uint8Array;
}

/**
 * Where the other side of one connection is, as far as it has proven. Public fields, for `LiteAgents` alone changes them;
 * whoever sends reads `portIx` and `addressIx`.
 */
export class LiteAgent {
  /** What whoever opened it knows it by. */
  readonly owner: number;
  own: OwnSecret;
  /** From before an ICE restart: good until a pair is nominated with the new ones. */
  previous: OwnSecret | null = null;
  remote: RemoteSecret | null;
  /** Where to send; -1 before the first check that was signed. */
  addressIx = -1;
  /** From which of our ports. */
  portIx = -1;
  /** Whether the other side has chosen that address with these credentials. */
  nominated = false;
  /** PRIORITY of the check that led there. */
  priority = 0;
  /** Until then the other side may be choosing several, the best of which counts; from then on the last one does. */
  choosingUntil = 0;
  trial: Trial | null = null;
  /** From then on nothing may be sent (RFC 7675 §5.1), unless a check comes before. */
  consentUntil: number;
  /** When there is something to do for it; null when it is closed. */
  deadline: Deadline<LiteAgent> | null = null;

  constructor(owner: number, own: IceCredentials, remote: IceCredentials | null, consentUntil: number) {
    this.owner = owner;
    this.own = ownSecret(own);
    this.remote = remote === null ? null : remoteSecret(remote);
    this.consentUntil = consentUntil;
  }
}

export function ownSecret({ ufrag, pwd }: IceCredentials): OwnSecret {
  return { ufrag, key: latin1Bytes(pwd) };
}

export function remoteSecret({ ufrag, pwd }: IceCredentials): RemoteSecret {
  return { ufrag, key: latin1Bytes(pwd) };
}
