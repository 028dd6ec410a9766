export { Engine, type EngineCounts, type EngineOptions } from './engine.js';
export { type AnnouncedAddresses, FrameSplitter, frame, hostCandidates } from './ice/index.js';
export type { DropReason } from './packet-counts.js';
export { packetKind } from './packet-kind.js';
export {
  type DescriptionRefusal,
  InboundLayer,
  InboundPacket,
  InboundTrack,
  type LocalEnd,
  type OfferToAnswer,
  type Peer,
  type PeerAgreed,
  type PeerEnd,
  type PeerEvent,
  type PeerOutcome,
  type PeerStats,
  Peers,
  type PeersPorts,
  peerStats,
  type SentStream,
  type TracksToOffer,
} from './peer/index.js';
export * from './ports/index.js';
export { ACTIONS, type Action, may, type Outcome, PERMISSIONS, type Refusal, type RoomLimits } from './room/index.js';
export {
  type DataSums,
  DEFAULT_MEDIA_LIMITS,
  type MediaLimits,
  MediaRouter,
  type MediaRouterOptions,
  type MediaRouterPorts,
  type MediaSums,
  type RouterCounts,
  type RouterPlane,
} from './router/index.js';
export type { Candidate } from './sdp/index.js';
export {
  ATTRIBUTE,
  type AttributePlace,
  FAMILY_CODE,
  type Family,
  familyOf,
  HEADER_BYTES,
  type LongTermAccount,
  LongTermSigner,
  MAGIC_COOKIE,
  MESSAGE_CLASS,
  METHOD,
  MessageWriter,
  padded,
  parseHost,
  readMessage,
  type StunMessage,
  type TransportAddress,
} from './stun/index.js';
export {
  type AllocationEnd,
  DEFAULT_TURN_LIMITS,
  type DtlsDoor,
  type HostRange,
  isInRange,
  type PeerRefusal,
  parseHostRange,
  type RelayHost,
  readTimeLimitedName,
  type StreamEnd,
  type StreamTransport,
  type TurnCredential,
  type TurnDrop,
  type TurnLimits,
  type TurnOperation,
  type TurnOptions,
  type TurnPorts,
  TurnServer,
  type TurnSizes,
  timeLimitedCredential,
  writeInlineRow,
} from './turn/index.js';
