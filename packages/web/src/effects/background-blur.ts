import { VirtualBackgroundProcessor } from '@shiguredo/virtual-background';
import { pageConfig } from '../page-config.js';
import type { FrameImage } from './frame-pump.js';

/** Put there by `vite.config.ts`, out of the package. */
const ASSETS = 'assets/virtual-background';
const BLUR_PX = 12;

type Callback = (image: ImageBitmap) => Promise<FrameImage>;

/**
 * In the place of the library's own way to read a track: our pump feeds it, so that filters and blur share one way
 * through, and the time each frame takes can be measured.
 */
class Feed {
  callback: Callback | undefined;

  async startProcessing(track: MediaStreamTrack, callback: Callback): Promise<MediaStreamTrack> {
    this.callback = callback;
    return track;
  }

  stopProcessing(): void {
    this.callback = undefined;
  }
}

let opening: Promise<Callback> | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Loads what tells a person from what is behind, once per page, from our own server, and gives the function that blurs
 * the background of a frame. Frames of two tracks at once (during a switch of cameras) wait for each other.
 */
export async function openBackgroundBlur(track: MediaStreamTrack): Promise<(frame: FrameImage) => Promise<FrameImage>> {
  opening ??= load(track).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  const callback = await opening;
  return (frame) => {
    const drawn = last.then(async () => {
      const image = await createImageBitmap(frame);
      try {
        return await callback(image);
      } finally {
        image.close();
      }
    });
    last = drawn.catch(() => {});
    return drawn;
  };
}

async function load(track: MediaStreamTrack): Promise<Callback> {
  const base = new URL(`${pageConfig.basePath}/${ASSETS}`, window.location.origin);
  const processor = new VirtualBackgroundProcessor(base.href);
  const feed = new Feed();
  Object.assign(processor, { trackProcessor: feed });
  await processor.startProcessing(track as MediaStreamVideoTrack, { blurRadius: BLUR_PX });
  if (feed.callback === undefined) throw new Error('the background library did not begin');
  return feed.callback;
}
