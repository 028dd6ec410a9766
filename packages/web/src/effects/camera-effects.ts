import type { ProcessedTrack, TrackProcessor } from '@madang/client';
import { blurRadius, type CameraLook, canvasFilter } from './camera-look.js';
import { FrameBudget } from './frame-budget.js';
import { type DrawFrame, type FrameImage, pumpFrames } from './frame-pump.js';

interface CameraEffectsDeps {
  /** Asked for each frame, so that a slider moves the picture at once. */
  look(): CameraLook;
  /** Each frame takes so long that the picture stutters. Told once per run. */
  onTooSlow(meanMs: number): void;
  onBroken(error: unknown): void;
}

/** The filters of the lesson and the blurred background, as a processor of the camera's track. */
export class CameraEffects implements TrackProcessor {
  readonly #deps: CameraEffectsDeps;

  constructor(deps: CameraEffectsDeps) {
    this.#deps = deps;
  }

  async process(input: MediaStreamTrack): Promise<ProcessedTrack> {
    const { look, onTooSlow, onBroken } = this.#deps;
    // Model and program weigh some megabytes: they come when first wanted, and before a frame goes out without them.
    const cutOut = look().backgroundBlur ? await openCutOut(input) : undefined;
    const budget = new FrameBudget();
    const filter = new FilterCanvas();
    let isTold = false;
    const draw: DrawFrame = async (frame, width, height) => {
      const begun = performance.now();
      const image = cutOut === undefined ? frame : await cutOut(frame);
      const drawn = filter.draw(image, width, height, look());
      const now = performance.now();
      if (budget.isExceededBy(now - begun, now) && !isTold) {
        isTold = true;
        onTooSlow(budget.meanMs);
      }
      return drawn;
    };
    return await pumpFrames(input, draw, onBroken);
  }
}

async function openCutOut(input: MediaStreamTrack) {
  const { openBackgroundBlur } = await import('./background-blur.js');
  return await openBackgroundBlur(input);
}

/** Draws pictures through the canvas's own filters. */
class FilterCanvas {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d', { alpha: false })!;

  draw(image: FrameImage, width: number, height: number, look: CameraLook): FrameImage {
    const canvas = this.#canvas;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    this.#context.filter = canvasFilter(look, height);
    // A blur fades to black at the edges: they are drawn outside of what is seen.
    const margin = look.blur > 0 ? Math.ceil(2 * blurRadius(look.blur, height)) : 0;
    this.#context.drawImage(image, -margin, -margin, width + 2 * margin, height + 2 * margin);
    return canvas;
  }
}
