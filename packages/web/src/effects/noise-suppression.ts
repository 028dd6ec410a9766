import type { ProcessedTrack, TrackProcessor } from '@madang/client';
import { loadRnnoise, RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';
import plainUrl from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url';
import simdUrl from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url';
import workletUrl from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url';

/** RNNoise was trained on it and knows no other. */
const SAMPLE_RATE_HZ = 48_000;

let program: Promise<ArrayBuffer> | undefined;

/** RNNoise in an audio worklet, as a processor of the microphone's track. */
export const noiseSuppression: TrackProcessor = {
  async process(input: MediaStreamTrack): Promise<ProcessedTrack> {
    program ??= loadRnnoise({ url: plainUrl, simdUrl }).catch((error: unknown) => {
      program = undefined;
      throw error;
    });
    const wasmBinary = await program;
    const context = new AudioContext({ sampleRate: SAMPLE_RATE_HZ, latencyHint: 'interactive' });
    try {
      await context.audioWorklet.addModule(workletUrl);
      return connect(context, input, wasmBinary);
    } catch (error) {
      await context.close();
      throw error;
    }
  },
};

function connect(context: AudioContext, input: MediaStreamTrack, wasmBinary: ArrayBuffer): ProcessedTrack {
  const source = context.createMediaStreamSource(new MediaStream([input]));
  const suppressor = new RnnoiseWorkletNode(context, { wasmBinary, maxChannels: 1 });
  const output = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  source.connect(suppressor).connect(output);
  const stopWaking = keepAwake(context);
  const [track] = output.stream.getAudioTracks();
  return {
    track: track!,
    close() {
      stopWaking();
      suppressor.destroy();
      source.disconnect();
      track!.stop();
      context.close().catch(() => {});
    },
  };
}

/** Browsers keep sound processing asleep until the person has touched the page: then it wakes up. */
function keepAwake(context: AudioContext): () => void {
  const wake = () => {
    if (context.state === 'suspended') context.resume().catch(() => {});
  };
  wake();
  const gestures = ['pointerdown', 'keydown', 'touchend'] as const;
  for (const gesture of gestures) window.addEventListener(gesture, wake, true);
  context.addEventListener('statechange', wake);
  return () => {
    for (const gesture of gestures) window.removeEventListener(gesture, wake, true);
    context.removeEventListener('statechange', wake);
  };
}
