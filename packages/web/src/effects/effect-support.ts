import { canPumpByStreams } from './stream-pump.js';

/** Why something can't be had in this browser; `null` where it can. */
export type Lack = 'no-canvas-filter' | 'no-frames' | 'no-webgl' | 'no-worklet' | 'no-constraint' | null;

const canPump = () =>
  canPumpByStreams() ||
  ('requestVideoFrameCallback' in HTMLVideoElement.prototype && 'captureStream' in HTMLCanvasElement.prototype);

/** Grey, blur and brightness. */
export function filterLack(): Lack {
  if (!canPump()) return 'no-frames';
  return 'filter' in CanvasRenderingContext2D.prototype ? null : 'no-canvas-filter';
}

/** The library asks for WebGL with a dialog of its own when there is none, so it must not come to that. */
export function backgroundBlurLack(): Lack {
  if (!canPump()) return 'no-frames';
  return hasWebGl() && typeof WebAssembly === 'object' ? null : 'no-webgl';
}

export function noiseSuppressionLack(): Lack {
  return typeof AudioWorkletNode === 'function' && typeof WebAssembly === 'object' ? null : 'no-worklet';
}

export function constraintLack(
  name: 'echoCancellation' | 'noiseSuppression' | 'autoGainControl' | 'frameRate' | 'height',
): Lack {
  return navigator.mediaDevices?.getSupportedConstraints()[name] === true ? null : 'no-constraint';
}

let webGl: boolean | undefined;

function hasWebGl(): boolean {
  if (webGl === undefined) {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
    webGl = context !== null;
    // Browsers allow a page a dozen of them.
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return webGl;
}
