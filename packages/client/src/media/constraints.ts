/** What a microphone may be asked for. The three processings are on unless switched off. */
export interface MicrophoneOptions {
  readonly deviceId?: string;
  readonly echoCancellation?: boolean;
  readonly noiseSuppression?: boolean;
  readonly autoGainControl?: boolean;
}

/** What a camera may be asked for. Sizes in pixels; 1280 × 720 at 30 frames a second unless said otherwise. */
export interface CameraOptions {
  readonly deviceId?: string;
  readonly facingMode?: 'user' | 'environment';
  readonly width?: number;
  readonly height?: number;
  readonly frameRate?: number;
}

export interface ScreenOptions {
  /** Ask for the sound of what is shared too; whether there is any is the browser's and the person's choice. */
  readonly audio?: boolean;
}

/**
 * `exact`: this device or an error, for a device just chosen from a list. `ideal`: this one if it is there, for a
 * device remembered from another day.
 */
export type DeviceChoice = 'exact' | 'ideal';

const chosen = (deviceId: string | undefined, choice: DeviceChoice): MediaTrackConstraints =>
  deviceId === undefined || deviceId === '' ? {} : { deviceId: { [choice]: deviceId } };

export function microphoneConstraints(options: MicrophoneOptions, choice: DeviceChoice): MediaTrackConstraints {
  return {
    ...chosen(options.deviceId, choice),
    echoCancellation: options.echoCancellation ?? true,
    noiseSuppression: options.noiseSuppression ?? true,
    autoGainControl: options.autoGainControl ?? true,
  };
}

export function cameraConstraints(options: CameraOptions, choice: DeviceChoice): MediaTrackConstraints {
  return {
    ...chosen(options.deviceId, choice),
    ...(options.facingMode === undefined ? {} : { facingMode: options.facingMode }),
    width: { ideal: options.width ?? 1280 },
    height: { ideal: options.height ?? 720 },
    frameRate: { ideal: options.frameRate ?? 30 },
  };
}

export function screenConstraints(options: ScreenOptions): DisplayMediaStreamOptions {
  // Voice processing would spoil the music or film that a shared screen plays.
  const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  return { video: { frameRate: { ideal: 30 } }, audio: (options.audio ?? true) ? audio : false };
}
