import { createStore } from 'zustand/vanilla';
import { remember, remembered } from './local-store.js';

/** How the camera is asked, what is done to its picture, and how the microphone is asked. Kept on this device. */
export interface CaptureSettings {
  /** Height of the picture in pixels; its width follows at 16 : 9. */
  readonly height: 360 | 720 | 1080;
  readonly frameRate: 15 | 30 | 60;
  /** One's own picture as in a mirror. The others always see it as it is. */
  readonly mirror: boolean;
  readonly grey: boolean;
  /** Of the whole picture: 0 is sharp, 10 nothing but colours. */
  readonly blur: number;
  /** In percent: 100 is as the camera gives it. */
  readonly brightness: number;
  readonly backgroundBlur: boolean;
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
  /** RNNoise, in this page, instead of what the browser has. */
  readonly strongNoiseSuppression: boolean;
}

export const HEIGHTS = [360, 720, 1080] as const;
export const FRAME_RATES = [15, 30, 60] as const;
export const BLUR_RANGE = { min: 0, max: 10 } as const;
export const BRIGHTNESS_RANGE = { min: 50, max: 150 } as const;

export const FIRST_SETTINGS: CaptureSettings = {
  height: 720,
  frameRate: 30,
  mirror: true,
  grey: false,
  blur: 0,
  brightness: 100,
  backgroundBlur: false,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  strongNoiseSuppression: false,
};

/** The stored object with every field of the wrong kind replaced by its default. */
export function readCaptureSettings(stored: Record<string, unknown>): CaptureSettings {
  const oneOf = <T>(value: unknown, allowed: readonly T[], first: T): T =>
    allowed.find((candidate) => candidate === value) ?? first;
  const within = (value: unknown, { min, max }: { min: number; max: number }, first: number) =>
    typeof value === 'number' && value >= min && value <= max ? value : first;
  const flags = Object.fromEntries(
    Object.entries(FIRST_SETTINGS)
      .filter(([, first]) => typeof first === 'boolean')
      .map(([key, first]) => [key, typeof stored[key] === 'boolean' ? stored[key] : first]),
  );
  return {
    ...FIRST_SETTINGS,
    ...flags,
    height: oneOf(stored.height, HEIGHTS, FIRST_SETTINGS.height),
    frameRate: oneOf(stored.frameRate, FRAME_RATES, FIRST_SETTINGS.frameRate),
    blur: within(stored.blur, BLUR_RANGE, FIRST_SETTINGS.blur),
    brightness: within(stored.brightness, BRIGHTNESS_RANGE, FIRST_SETTINGS.brightness),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export const captureSettings = createStore<CaptureSettings>(() =>
  readCaptureSettings(remembered('capture', isObject) ?? {}),
);

/** Changes some of them and remembers all. */
export function setCapture(change: Partial<CaptureSettings>): void {
  captureSettings.setState(change);
  remember('capture', captureSettings.getState());
}

/** What to ask the camera for. */
export function cameraWish({ height, frameRate }: CaptureSettings) {
  return { width: Math.round((height * 16) / 9), height, frameRate };
}

/** What to ask the microphone for. The browser's suppressor would only spoil what the stronger one works on. */
export function microphoneWish(settings: CaptureSettings) {
  const { echoCancellation, autoGainControl, strongNoiseSuppression } = settings;
  return {
    echoCancellation,
    autoGainControl,
    noiseSuppression: settings.noiseSuppression && !strongNoiseSuppression,
  };
}
