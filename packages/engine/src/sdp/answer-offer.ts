import { type AnswerContext, agreeOn, type Capabilities } from './answer-section.js';
import { describeSection } from './describe-agreement.js';
import { ExtensionIds } from './header-extensions.js';
import type {
  IceCredentials,
  LocalTransport,
  NegotiatedSection,
  Negotiation,
  Refusal,
  RefusalReason,
  SentTrack,
} from './negotiation.js';
import { type Change, changesBetween } from './negotiation-changes.js';
import { breaksConnection, dtlsRoleOf, remoteTransport } from './remote-transport.js';
import type { MediaSection, SessionDescription } from './session-description.js';

export interface AnswerRequest {
  readonly offer: SessionDescription;
  readonly capabilities: Capabilities;
  readonly local: LocalTransport;
  /** What the other side may see, each in a section that asks for it, in this order. */
  readonly tracks: readonly SentTrack[];
  /** The connection so far; null for the first offer. */
  readonly state: Negotiation | null;
  /** Decimal digits, for a new connection: nobody else's. */
  readonly sessionId: string;
}

export interface Answered {
  readonly answer: SessionDescription;
  /** To be kept for the next description. */
  readonly state: Negotiation;
  readonly changes: readonly Change[];
}

/**
 * Answers an offer (RFC 3264, RFC 9429 §5.3): BUNDLE and rtcp-mux are required, and what is not wanted is rejected section
 * by section, with a reason in the state. Refuses the whole offer when no connection can come of it; then nothing changes.
 */
export function answerOffer(request: AnswerRequest): Answered | Refusal {
  const { offer, capabilities, local, state } = request;
  const remote = remoteTransport(offer);
  if (typeof remote === 'string') return { refused: remote };
  const { setup, ...transport } = remote;
  const dtlsRole = dtlsRoleOf(setup, state?.dtlsRole ?? local.dtlsRole);
  if (dtlsRole === null) return { refused: 'setup' };
  const broken =
    state === null ? null : (breaksConnection(state, transport, dtlsRole) ?? misfit(state, offer.sections));
  if (broken !== null) return { refused: broken };
  const sections = agreeOnAll(request);
  if (sections.every(({ type }) => type === 'closed') && state === null) return nothingInCommon(sections);
  const after: Negotiation = {
    sessionId: state?.sessionId ?? request.sessionId,
    version: (state?.version ?? 0) + 1,
    local: keepsCredentials(state, transport.credentials) ? state!.local : local.credentials,
    remote: transport,
    dtlsRole,
    sections,
  };
  const answer = describe(after, offer, local, capabilities.maxBitrateBps);
  return { answer, state: after, changes: changesBetween(state, after) };
}

function agreeOnAll({ offer, capabilities, tracks, state }: AnswerRequest): NegotiatedSection[] {
  const known = state?.sections ?? [];
  const ids = new ExtensionIds(known.filter((section) => section.type === 'media'));
  const placed = new Set(known.map((section) => (section.type === 'media' ? section.sent?.trackId : undefined)));
  const waiting = tracks.filter(({ trackId }) => !placed.has(trackId));
  const context: AnswerContext = { offer, capabilities, ids, tracks, waiting };
  return offer.sections.map((section, ix) => agreeOn(section, known[ix], context));
}

function nothingInCommon(sections: readonly NegotiatedSection[]): Refusal {
  const closed = sections.flatMap((section) => (section.type === 'closed' ? [section.reason] : []));
  return { refused: 'nothing_in_common', closed };
}

/** The sections of a later offer are those of the ones before, in their order, and more (RFC 3264 §8). */
function misfit(state: Negotiation, sections: readonly MediaSection[]): RefusalReason | null {
  const fits = state.sections.every((old, ix) => {
    const section = sections[ix];
    if (section === undefined) return false;
    return old.type === 'closed' || old.mid === section.mid;
  });
  return fits ? null : 'sections_changed';
}

function keepsCredentials(state: Negotiation | null, remote: IceCredentials): boolean {
  const known = state?.remote.credentials;
  return known !== undefined && known.ufrag === remote.ufrag && known.pwd === remote.pwd;
}

function describe(
  state: Negotiation,
  offer: SessionDescription,
  local: LocalTransport,
  maxBitrateBps: number | null,
): SessionDescription {
  const open = state.sections.flatMap(({ type, mid }) => (type === 'closed' || mid === null ? [] : [mid]));
  const setup = state.dtlsRole === 'client' ? 'active' : 'passive';
  const own = { local, credentials: state.local, setup, taggedMid: open[0] ?? null, maxBitrateBps } as const;
  return {
    sessionId: state.sessionId,
    sessionVersion: String(state.version),
    bundle: offer.bundle === null ? null : offer.bundle.filter((mid) => open.includes(mid)),
    iceLite: local.iceLite,
    extmapAllowMixed: offer.extmapAllowMixed,
    sections: state.sections.map((section) => describeSection(section, own)),
  };
}
