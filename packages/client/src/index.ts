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
export { Emitter } from './emitter.js';
export type { OpenSocket, SignalSocket, SocketOptions } from './link/index.js';
export { MadangError, type MadangErrorCode } from './madang-error.js';
export {
  type CameraOptions,
  type CaptureContext,
  type CaptureDevices,
  classifyDeviceError,
  DeviceError,
  type DeviceErrorKind,
  type DeviceInfo,
  type DeviceLists,
  Devices,
  type LevelAudio,
  LocalMedia,
  type LocalMediaOptions,
  LocalTrack,
  type MediaElement,
  type MicrophoneOptions,
  RemoteTrack,
  type ScreenOptions,
  type WatchLevelOptions,
  watchLevel,
} from './media/index.js';
export {
  browserNetwork,
  type CandidateType,
  type EndReason,
  type JoinOptions,
  Member,
  type NetworkWatch,
  type Path,
  type Peer,
  type PeerState,
  Room,
  type RoomEvents,
  type RoomOptions,
  type RoomState,
  type SeatStorage,
  type Track,
} from './room/index.js';
