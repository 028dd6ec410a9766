import type { ProcessedTrack } from '@madang/client';
import type { DrawFrame } from './frame-pump.js';

/** For browsers that show frames only to a video element. */
export async function pumpByElement(
  input: MediaStreamTrack,
  draw: DrawFrame,
  onBroken: (error: unknown) => void,
): Promise<ProcessedTrack> {
  const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
  video.srcObject = new MediaStream([input]);
  await video.play();
  const canvas = Object.assign(document.createElement('canvas'), {
    width: video.videoWidth || 640,
    height: video.videoHeight || 360,
  });
  // Firefox gives no stream of a canvas that has no context yet.
  const context = canvas.getContext('2d')!;
  const [track] = canvas.captureStream().getVideoTracks();
  if (track === undefined) throw new Error('a canvas gives no track here');

  const step = async () => {
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0) return;
    const image = await draw(video, width, height);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.drawImage(image, 0, 0);
  };
  const stop = onEachFrame(video, step, onBroken);
  return {
    track,
    close() {
      stop();
      track.stop();
      video.srcObject = null;
    },
  };
}

/**
 * Runs `step` for each new frame of `video`, one at a time. A hidden tab is told of no frames and its timers are slowed
 * down; those of a worker are not.
 */
function onEachFrame(video: HTMLVideoElement, step: () => Promise<void>, onBroken: (error: unknown) => void) {
  let isOver = false;
  let isBusy = false;
  const run = () => {
    if (isBusy || isOver) return;
    isBusy = true;
    step()
      .catch((error: unknown) => {
        isOver = true;
        onBroken(error);
      })
      .finally(() => {
        isBusy = false;
      });
  };
  const shown = () => {
    run();
    if (!isOver) video.requestVideoFrameCallback(shown);
  };
  video.requestVideoFrameCallback(shown);
  const ticker = new Worker(new URL('./ticker-worker.ts', import.meta.url), { type: 'module' });
  ticker.onmessage = () => {
    if (document.hidden) run();
  };
  return () => {
    isOver = true;
    ticker.terminate();
  };
}
