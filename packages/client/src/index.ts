export type {
  ChatMessage,
  ErrorCode,
  LeaveReason,
  MediaState,
  Metadata,
  Mode,
  Role,
  Room as RoomInfo,
  Source,
  SourceState,
} from '@madang/protocol';
export { type Clock, systemClock } from './clock.js';
export type { DeviceErrorKind } from './device-error-kind.js';
export {
  CAUSES,
  type CauseId,
  type Finding,
  type Severity,
  STEPS,
  type Step,
  type StepId,
} from './diagnosis/index.js';
export { Emitter } from './emitter.js';
export type { OpenSocket, SignalSocket, SocketOptions } from './link/index.js';
export { MadangError, type MadangErrorCode } from './madang-error.js';
export {
  type CameraOptions,
  type CaptureContext,
  type CaptureDevices,
  classifyDeviceError,
  DeviceError,
  type DeviceInfo,
  type DeviceLists,
  Devices,
  type LevelAudio,
  LocalMedia,
  type LocalMediaOptions,
  LocalTrack,
  type MediaElement,
  type MicrophoneOptions,
  type ProcessedTrack,
  RemoteTrack,
  type ScreenOptions,
  type TrackProcessor,
  type WatchLevelOptions,
  watchLevel,
} from './media/index.js';
export type { CandidateType, Path } from './path/index.js';
export type {
  CandidateFact,
  Direction,
  Fact,
  FactOf,
  FactType,
  FirstWhat,
  PairFact,
  PeerId,
  PeerSample,
  TrackSample,
} from './record/index.js';
export {
  browserNetwork,
  type EndReason,
  type JoinOptions,
  Member,
  type NetworkWatch,
  type Peer,
  type PeerState,
  Room,
  type RoomEvents,
  type RoomOptions,
  type RoomState,
  type SeatStorage,
  type Track,
} from './room/index.js';
