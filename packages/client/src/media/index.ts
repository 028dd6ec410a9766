export type { CaptureDevices } from './capture.js';
export type { CameraOptions, MicrophoneOptions, ScreenOptions } from './constraints.js';
export { type CaptureContext, classifyDeviceError, DeviceError } from './device-error.js';
export { type DeviceInfo, type DeviceLists, Devices } from './devices.js';
export type { MediaElement } from './element.js';
export { LocalMedia, type LocalMediaOptions } from './local-media.js';
export { LocalTrack } from './local-track.js';
export { RemoteTrack } from './remote-track.js';
export { type LevelAudio, type WatchLevelOptions, watchLevel } from './watch-level.js';
