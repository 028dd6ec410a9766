import type { LocalMedia } from '@madang/client';
import { createStore } from 'zustand/vanilla';
import { CameraEffects, isPlain } from '../effects/index.js';
import {
  type CaptureSettings,
  cameraWish,
  captureSettings,
  microphoneWish,
  setCapture,
} from '../state/capture-settings.js';

/** What can be done to picture and sound, and can fail. */
export type EffectName = 'filters' | 'backgroundBlur' | 'strongNoiseSuppression';

export interface TuneEvents {
  /** An effect was switched off by itself. */
  readonly onEffectEnded?: (effect: EffectName, why: 'slow' | 'failed') => void;
}

/** Which effects are being loaded at the moment. */
export const loadingEffects = createStore<{ readonly camera: boolean; readonly microphone: boolean }>(() => ({
  camera: false,
  microphone: false,
}));

const isEqual = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

/** Brings the settings to the devices, now and at each change, until the returned function is called. */
export function tune(media: LocalMedia, events: () => TuneEvents): () => void {
  const giveUp = (effect: EffectName, why: 'slow' | 'failed') => {
    setCapture(OFF[effect]);
    events().onEffectEnded?.(effect, why);
  };
  const camera = new CameraEffects({
    look: captureSettings.getState,
    onTooSlow: () => giveUp(cameraEffect(), 'slow'),
    onBroken: () => giveUp(cameraEffect(), 'failed'),
  });
  const setCamera = (settings: CaptureSettings) =>
    load('camera', () => media.setProcessor('camera', isPlain(settings) ? null : camera)).catch(() =>
      giveUp(cameraEffect(), 'failed'),
    );
  const setMicrophone = (settings: CaptureSettings) =>
    load('microphone', async () => {
      const processor = settings.strongNoiseSuppression ? await loadNoiseSuppression() : null;
      await media.setProcessor('microphone', processor);
    }).catch(() => giveUp('strongNoiseSuppression', 'failed'));

  const settings = captureSettings.getState();
  if (!isPlain(settings)) void setCamera(settings);
  if (settings.strongNoiseSuppression) void setMicrophone(settings);
  const offs = [
    captureSettings.subscribe((now, before) => {
      if (isPlain(now) !== isPlain(before) || now.backgroundBlur !== before.backgroundBlur) void setCamera(now);
      if (now.strongNoiseSuppression !== before.strongNoiseSuppression) void setMicrophone(now);
      // A device that will not do it keeps doing what it did; the dialog shows what is really got.
      if (!isEqual(cameraWish(now), cameraWish(before))) media.reconfigure('camera', cameraWish(now)).catch(() => {});
      if (!isEqual(microphoneWish(now), microphoneWish(before)))
        media.reconfigure('microphone', microphoneWish(now)).catch(() => {});
    }),
    media.on('processorFailed', (source) =>
      giveUp(source === 'camera' ? cameraEffect() : 'strongNoiseSuppression', 'failed'),
    ),
  ];
  return () => {
    for (const off of offs) off();
  };
}

const OFF: Readonly<Record<EffectName, Partial<CaptureSettings>>> = {
  filters: { grey: false, blur: 0, brightness: 100 },
  backgroundBlur: { backgroundBlur: false },
  strongNoiseSuppression: { strongNoiseSuppression: false },
};

/** What costs most of what is on. */
const cameraEffect = (): EffectName => (captureSettings.getState().backgroundBlur ? 'backgroundBlur' : 'filters');

async function loadNoiseSuppression() {
  return (await import('../effects/noise-suppression.js')).noiseSuppression;
}

async function load(source: 'camera' | 'microphone', work: () => Promise<void>): Promise<void> {
  loadingEffects.setState({ [source]: true });
  try {
    await work();
  } finally {
    loadingEffects.setState({ [source]: false });
  }
}
