import type { ProcessedTrack } from '@madang/client';
import type { DrawFrame } from './frame-pump.js';

/** MediaStreamTrack Insertable Media Processing, as Chromium has it in windows. */
interface FrameStreams {
  readonly MediaStreamTrackProcessor: new (init: {
    track: MediaStreamTrack;
  }) => {
    readonly readable: ReadableStream<VideoFrame>;
  };
  readonly MediaStreamTrackGenerator: new (init: {
    kind: 'video';
  }) => MediaStreamTrack & {
    readonly writable: WritableStream<VideoFrame>;
  };
}

const streams = globalThis as unknown as Partial<FrameStreams>;

export function canPumpByStreams(): boolean {
  return streams.MediaStreamTrackProcessor !== undefined && streams.MediaStreamTrackGenerator !== undefined;
}

/** A slow `draw` costs frames, not delay: the browser keeps only the newest one waiting. */
export function pumpByStreams(
  input: MediaStreamTrack,
  draw: DrawFrame,
  onBroken: (error: unknown) => void,
): ProcessedTrack {
  const track = new streams.MediaStreamTrackGenerator!({ kind: 'video' });
  const { readable } = new streams.MediaStreamTrackProcessor!({ track: input });
  const over = new AbortController();
  const through = new TransformStream<VideoFrame, VideoFrame>({
    async transform(frame, controller) {
      const { timestamp, displayWidth, displayHeight } = frame;
      try {
        const image = await draw(frame, displayWidth, displayHeight);
        if (!over.signal.aborted) controller.enqueue(new VideoFrame(image, { timestamp }));
      } finally {
        frame.close();
      }
    },
  });
  readable
    .pipeThrough(through, { signal: over.signal })
    .pipeTo(track.writable, { signal: over.signal })
    .catch((error: unknown) => {
      if (!over.signal.aborted) onBroken(error);
    });
  return {
    track,
    close() {
      over.abort();
      track.stop();
    },
  };
}
