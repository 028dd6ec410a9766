import { EXTENSION_URI } from '../rtp/index.js';
import { receives } from './direction.js';
import type { NegotiatedCodec } from './negotiated-codec.js';
import type {
  ClosedSection,
  DataAgreement,
  MediaAgreement,
  NegotiatedSection,
  Negotiation,
  Refusal,
} from './negotiation.js';
import { type Change, changesBetween } from './negotiation-changes.js';
import type { PendingOffer } from './offer-tracks.js';
import { breaksConnection, dtlsRoleOf, isClosed, remoteTransport } from './remote-transport.js';
import type { MediaSection, SessionDescription } from './session-description.js';

export interface Accepted {
  readonly state: Negotiation;
  readonly changes: readonly Change[];
}

/**
 * Takes the answer to an offer of `offerTracks` (RFC 9429 §5.11). A section that the other side rejects is closed; an
 * answer that does not go with the offer is refused, and the offer is still pending then.
 */
export function acceptAnswer(
  pending: PendingOffer,
  answer: SessionDescription,
  state: Negotiation | null,
): Accepted | Refusal {
  const remote = remoteTransport(answer);
  if (typeof remote === 'string') return { refused: remote };
  const { setup, ...transport } = remote;
  const dtlsRole = setup === 'actpass' ? null : dtlsRoleOf(setup, 'server');
  if (dtlsRole === null) return { refused: 'setup' };
  const broken = state === null ? null : breaksConnection(state, transport, dtlsRole);
  if (broken !== null) return { refused: broken };
  if (!isAnswerTo(pending, answer)) return { refused: 'sections_changed' };
  const after: Negotiation = {
    sessionId: pending.sessionId,
    version: pending.version,
    local: pending.local,
    remote: transport,
    dtlsRole,
    sections: pending.sections.map((section, ix) => settle(section, answer.sections[ix]!)),
  };
  return { state: after, changes: changesBetween(state, after) };
}

/** As many sections, in the same order (RFC 3264 §6). */
function isAnswerTo({ sections }: PendingOffer, answer: SessionDescription): boolean {
  return (
    sections.length === answer.sections.length &&
    sections.every((section, ix) => {
      const answered = answer.sections[ix]!;
      const kind = section.type === 'data' ? 'application' : section.kind;
      return (
        answered.kind === kind && (isClosed(answered) || section.type === 'closed' || answered.mid === section.mid)
      );
    })
  );
}

function settle(section: NegotiatedSection, answered: MediaSection): NegotiatedSection {
  if (section.type === 'closed') return section;
  if (isClosed(answered)) return closed(section);
  if (section.type === 'data') {
    const { sctpPort, maxMessageSize } = answered;
    return sctpPort === null ? closed(section) : { ...section, sctpPort, maxMessageSize: maxMessageSize ?? 65_536 };
  }
  return settleMedia(section, answered);
}

function settleMedia(section: MediaAgreement, answered: MediaSection): NegotiatedSection {
  const codecs = section.codecs.flatMap((codec) => settleCodec(codec, answered));
  if (codecs.length === 0 || !answered.rtcpMux) return closed(section);
  const { extensions, bandwidthBps } = answered;
  return {
    ...section,
    direction: section.direction === 'sendonly' && receives(answered.direction) ? 'sendonly' : 'inactive',
    codecs,
    extensions: section.extensions.filter(({ name, id }) =>
      extensions.some((line) => line.id === id && line.uri === EXTENSION_URI[name]),
    ),
    reducedSize: answered.rtcpReducedSize,
    bandwidthBps,
  };
}

/** What the other side takes of a codec that we offered: payload types are ours (RFC 3264 §6.1). */
function settleCodec(codec: NegotiatedCodec, { codecs }: MediaSection): NegotiatedCodec[] {
  const line = codecs.find(({ payloadType }) => payloadType === codec.payloadType);
  if (line?.name.toLowerCase() !== codec.name.toLowerCase()) return [];
  const hasRtx = codecs.some(({ payloadType }) => payloadType === codec.rtxPayloadType);
  const feedback = codec.feedback.filter((kind) => line.feedback.includes(kind));
  return [{ ...codec, feedback, rtxPayloadType: hasRtx ? codec.rtxPayloadType : null }];
}

/** As we offered it, whatever the answer calls it: the next offer says it again, and its mids go on from those there are. */
function closed(section: MediaAgreement | DataAgreement): ClosedSection {
  const { mid, protocol } = section;
  const isData = section.type === 'data';
  const format = isData ? 'webrtc-datachannel' : String(section.codecs[0]?.payloadType ?? 0);
  const kind = isData ? 'application' : section.kind;
  return { type: 'closed', mid, kind, protocol, formats: [format], reason: 'closed' };
}
