export { ADDRESS, ADDRESS_COLUMNS, type AddressBook } from './address-book.js';
export * from './batch-table.js';
export type { Digest } from './digest.js';
export type { Hmac } from './hmac.js';
export type {
  ConnectionEnd,
  ConnectionId,
  DataRight,
  ForwardReason,
  LineState,
  MediaCommand,
  MediaCommandOf,
  MediaCommandType,
  MediaEvent,
  MediaPort,
  MediaRefusalCode,
  MediaReply,
  MediaResults,
  MediaTrack,
  TrackForwarding,
  TrackId,
  TrackWant,
  ViewWish,
} from './media-port.js';
export type { PeerPlane, PlanePeer } from './peer-plane.js';
export type { Random } from './random.js';
export type {
  CommandOf,
  CommandResults,
  CommandType,
  Delivery,
  LinkId,
  LinkMessage,
  MediaNews,
  MediaRights,
  MemberEvent,
  MemberId,
  RoomCommand,
  RoomPort,
  RoomReply,
} from './room-port.js';
