import type { ProcessedTrack } from '@madang/client';
import { canPumpByStreams, pumpByStreams } from './stream-pump.js';

/** What a frame may be drawn from and turned into. */
export type FrameImage = VideoFrame | HTMLVideoElement | HTMLCanvasElement | OffscreenCanvas;

/** Makes a picture of a frame. What it gives may be drawn over at the next call. */
export type DrawFrame = (frame: FrameImage, width: number, height: number) => Promise<FrameImage> | FrameImage;

/**
 * Sends every frame of `input` through `draw`. Where the browser hands out the frames of a track themselves this goes on
 * in a hidden tab as in a shown one; elsewhere frames are taken off a video element.
 */
export async function pumpFrames(
  input: MediaStreamTrack,
  draw: DrawFrame,
  onBroken: (error: unknown) => void,
): Promise<ProcessedTrack> {
  if (canPumpByStreams()) return pumpByStreams(input, draw, onBroken);
  const { pumpByElement } = await import('./element-pump.js');
  return await pumpByElement(input, draw, onBroken);
}
