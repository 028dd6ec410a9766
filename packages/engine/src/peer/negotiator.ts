import type { LiteAgents } from '../ice/index.js';
import type { Random } from '../ports/index.js';
import {
  acceptAnswer,
  answerOffer,
  type Candidate,
  type Capabilities,
  type Change,
  CODECS,
  type Fingerprint,
  type IceCredentials,
  type LocalTransport,
  type Negotiation,
  offerTracks,
  type PendingOffer,
  type Refusal,
  type SentTrack,
  type SessionDescription,
} from '../sdp/index.js';
import { iceSecrets } from './ice-secrets.js';

/** What every description of ours says of this thread. */
export interface LocalEnd {
  /** SHA-256 of the plane's certificate. */
  readonly fingerprint: Fingerprint;
  /** Read anew for each description, for addresses come and go. */
  readonly candidates: () => readonly Candidate[];
}

/** An offer of theirs, and what we are ready for. */
export interface OfferToAnswer {
  readonly offer: SessionDescription;
  readonly capabilities: Capabilities;
  readonly tracks: readonly SentTrack[];
}

/** What we offer. */
export interface TracksToOffer {
  readonly tracks: readonly SentTrack[];
  readonly dataChannels: boolean;
  /** Kinds that have a section from the first offer on. */
  readonly reserved?: readonly ('audio' | 'video')[];
  readonly restartIce: boolean;
}

/** What a description of the other side has led to. */
export interface Agreed {
  readonly state: Negotiation;
  readonly changes: readonly Change[];
}

/** An ICE restart that no description tells of: what is agreed from now on, and where we are reached. */
export interface IceRestart extends Agreed {
  readonly candidates: readonly Candidate[];
}

/** Offers and answers of this thread's peers: `engine/sdp` with secrets and addresses filled in. Keeps nothing. */
export class Negotiator {
  readonly #local: LocalEnd;
  readonly #random: Random;
  readonly #agents: LiteAgents;

  constructor(local: LocalEnd, random: Random, agents: LiteAgents) {
    this.#local = local;
    this.#random = random;
    this.#agents = agents;
  }

  answer(state: Negotiation | null, wanted: OfferToAnswer): (Agreed & { answer: SessionDescription }) | Refusal {
    const answered = answerOffer({ ...wanted, state, local: this.#transport(), sessionId: this.#sessionId() });
    if ('refused' in answered) return answered;
    return provable(answered.state) ? answered : { refused: 'no_fingerprint' };
  }

  /** In the place of an offer that has no answer yet, where there is one. */
  offer(
    { state, replaces }: { readonly state: Negotiation | null; readonly replaces: PendingOffer | null },
    wanted: TracksToOffer,
  ): { offer: SessionDescription; pending: PendingOffer } {
    const sessionId = this.#sessionId();
    return offerTracks({ ...wanted, codecs: CODECS, state, replaces, local: this.#transport(), sessionId });
  }

  accept(pending: PendingOffer, answer: SessionDescription, state: Negotiation | null): Agreed | Refusal {
    const accepted = acceptAnswer(pending, answer, state);
    if ('refused' in accepted) return accepted;
    return provable(accepted.state) ? accepted : { refused: 'no_fingerprint' };
  }

  /** Credentials of our own for new ones of the other side (RFC 8840 §4.4); null when it has the same as before. */
  restart(before: Negotiation, credentials: IceCredentials): IceRestart | null {
    const { ufrag, pwd } = before.remote.credentials;
    if (ufrag === credentials.ufrag && pwd === credentials.pwd) return null;
    const { credentials: local, candidates } = this.#transport();
    const state = { ...before, local, remote: { ...before.remote, credentials } };
    return { state, changes: [{ type: 'restart-ice' }], candidates };
  }

  #transport(): LocalTransport {
    return {
      iceLite: true,
      credentials: iceSecrets(this.#random, (ufrag) => this.#agents.knows(ufrag)),
      fingerprint: this.#local.fingerprint,
      candidates: this.#local.candidates(),
      // Browsers then begin the handshake as soon as their own check has been answered.
      dtlsRole: 'server',
    };
  }

  /** 62 bits (RFC 9429 §5.2.1). */
  #sessionId(): string {
    const [high, low] = [this.#random.uint32() >>> 2, this.#random.uint32()];
    return String((BigInt(high) << 32n) | BigInt(low));
  }
}

/** The certificate is compared by SHA-256 alone; null where it was not announced so. */
export function announcedSha256({ remote }: Negotiation): string | null {
  return remote.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')?.value ?? null;
}

function provable(state: Negotiation): boolean {
  return announcedSha256(state) !== null;
}
