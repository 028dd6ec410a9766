import type { CaptureSettings } from '../state/capture-settings.js';

export type CameraLook = Pick<CaptureSettings, 'grey' | 'blur' | 'brightness' | 'backgroundBlur'>;

/** Nothing is done to the picture: it can be sent as the camera gives it. */
export function isPlain(look: CameraLook): boolean {
  return !look.backgroundBlur && canvasFilter(look, 720) === 'none';
}

/** The look as a canvas takes it (CSS filter effects). A blur looks the same at every size of the picture. */
export function canvasFilter({ grey, blur, brightness }: CameraLook, height: number): string {
  const parts = [
    grey && 'grayscale(1)',
    brightness !== 100 && `brightness(${brightness / 100})`,
    blur > 0 && `blur(${blurRadius(blur, height)}px)`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'none' : parts.join(' ');
}

/** In pixels of a picture of this height. */
export function blurRadius(blur: number, height: number): number {
  return Math.round(blur * height) / 240;
}
