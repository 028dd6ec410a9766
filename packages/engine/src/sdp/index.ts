export { type Accepted, acceptAnswer } from './accept-answer.js';
export { type Answered, type AnswerRequest, answerOffer } from './answer-offer.js';
export type { Capabilities } from './answer-section.js';
export { type Candidate, readCandidate, writeCandidate } from './candidate.js';
export { CODECS, type CodecCapability, OPUS, RED } from './codec-capability.js';
export { matchCodec } from './codec-match.js';
export { MAX_MESSAGE_BYTES } from './describe-agreement.js';
export type { Direction } from './direction.js';
export type { NegotiatedExtension } from './header-extensions.js';
export type { NegotiatedCodec } from './negotiated-codec.js';
export type {
  ClosedReason,
  ClosedSection,
  DataAgreement,
  DtlsRole,
  IceCredentials,
  LocalTransport,
  MediaAgreement,
  NegotiatedSection,
  Negotiation,
  ReceivedStream,
  Refusal,
  RefusalReason,
  RemoteTransport,
  SentTrack,
} from './negotiation.js';
export type { Change } from './negotiation-changes.js';
export { type OfferRequest, offerTracks, type PendingOffer } from './offer-tracks.js';
export { readDescription } from './read-description.js';
export { SDP_LIMITS } from './sdp-limits.js';
export type { SdpFault } from './sdp-lines.js';
export type { Fingerprint, MediaSection, SessionDescription } from './session-description.js';
export { readFragment, type TrickledSection, type TrickleFragment, writeFragment } from './trickle-fragment.js';
export { writeDescription } from './write-description.js';
