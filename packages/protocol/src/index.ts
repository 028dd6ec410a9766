export { CLASSIC_REQUEST_NAMES, CLASSIC_REQUESTS, type ClassicEvents, type ClassicRequestName } from './classic.js';
export { ERROR_CODES, ERRORS, type ErrorCode, ProtocolError, protocolError } from './errors.js';
export { EVENT_TYPES, EVENTS, type EventBody, type EventType, LeaveReason, type RoomEvent } from './events.js';
export { Forwarding, ForwardReason, MediaEnd, WantedEncodings } from './forwarding.js';
export { LIMITS, PROTOCOL_VERSION } from './limits.js';
export { PeerSignal, TrackDescription } from './peer-signal.js';
export { CaptureState, ReceiveState, Report, SendState } from './report.js';
export {
  type Joined,
  type Ok,
  REQUEST_NAMES,
  REQUESTS,
  type Refused,
  type Repeated,
  type Reply,
  type Request,
  type RequestInput,
  type RequestName,
  type Results,
  type Resumed,
} from './requests.js';
export {
  ChatMessage,
  ChatText,
  IceServer,
  MediaPath,
  MediaState,
  Member,
  MemberId,
  MemberName,
  Metadata,
  Mode,
  Reaction,
  Role,
  Room,
  RoomName,
  Source,
  SourceState,
  Track,
  utf8Bytes,
} from './room.js';
export { Priority, Want } from './want.js';
