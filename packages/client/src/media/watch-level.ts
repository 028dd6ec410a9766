import { type Clock, every, systemClock } from '../clock.js';
import { meterLevel, rootMeanSquare } from './level.js';

/** What is needed of Web Audio. */
export interface LevelAudio {
  readonly AudioContext: new () => AudioContext;
  readonly MediaStream: new (tracks: MediaStreamTrack[]) => MediaStream;
}

export interface WatchLevelOptions {
  readonly audio?: LevelAudio;
  readonly clock?: Clock;
  /** `meter` (the default): as ears hear it. `linear`: the root mean square itself. */
  readonly scale?: 'meter' | 'linear';
}

/** How loud it is, and whether that was measured: a browser's sound processing may be asleep. */
export type LevelListener = (level: number, measured: boolean) => void;

/**
 * Calls `listener` with the loudness of an audio track, 0…1, every `intervalMs` until the returned function is called.
 * Where there is no Web Audio it never calls. Browsers keep sound processing asleep until the person has touched the
 * page: until then the level is 0, and `measured` false.
 */
export function watchLevel(
  track: MediaStreamTrack,
  listener: LevelListener,
  intervalMs = 100,
  options: WatchLevelOptions = {},
): () => void {
  const audio = options.audio ?? browserAudio();
  if (audio === undefined) return () => {};
  const context = new audio.AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  const source = context.createMediaStreamSource(new audio.MediaStream([track]));
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const scale = options.scale === 'linear' ? (rms: number) => Math.min(1, rms) : meterLevel;
  const stop = every(options.clock ?? systemClock, intervalMs, () => {
    if (context.state === 'suspended') context.resume().catch(() => {});
    analyser.getFloatTimeDomainData(samples);
    listener(scale(rootMeanSquare(samples)), context.state === 'running');
  });
  return () => {
    stop();
    source.disconnect();
    if (context.state !== 'closed') context.close().catch(() => {});
  };
}

function browserAudio(): LevelAudio | undefined {
  const { AudioContext, MediaStream } = globalThis as Partial<LevelAudio>;
  return AudioContext === undefined || MediaStream === undefined ? undefined : { AudioContext, MediaStream };
}
