import { DeviceError, type LocalMedia, watchLevel } from '@madang/client';
import { playTestSound } from '../../devices/test-sound.js';
import { type BrowserFacts, judgeCamera, judgeMicrophone, VOICE } from './judge.js';
import { type Verdict, verdict } from './verdict.js';

export type Answer = 'yes' | 'no' | 'pass';

const LOOKS_MS = 1_000;
const LISTENS_MS = 8_000;
/** Long enough to see the meter move, even when the first sound comes at once. */
const LISTENS_AT_LEAST_MS = 1_500;

export function browserFacts(): BrowserFacts {
  return {
    secure: window.isSecureContext,
    interfaces: {
      getUserMedia: navigator.mediaDevices?.getUserMedia !== undefined,
      RTCPeerConnection: typeof RTCPeerConnection === 'function',
      replaceTrack: 'RTCRtpSender' in window && 'replaceTrack' in RTCRtpSender.prototype,
      WebSocket: typeof WebSocket === 'function',
      AudioContext: typeof AudioContext === 'function',
    },
  };
}

function deviceVerdict(source: 'camera' | 'microphone', error: unknown): Verdict {
  const kind = error instanceof DeviceError ? error.kind : 'unknown';
  return { ...verdict('failed', 'device-fails'), device: { source, kind } };
}

/** Opens the camera and looks at it for a second. It stays open, to be shown. */
export async function checkCamera(media: LocalMedia): Promise<Verdict> {
  try {
    const track = await media.startCamera();
    return judgeCamera(await lookAt(track.mediaStreamTrack));
  } catch (error) {
    return deviceVerdict('camera', error);
  }
}

async function lookAt(track: MediaStreamTrack) {
  const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
  video.srcObject = new MediaStream([track]);
  await video.play();
  let frames = 0;
  const count = () => {
    frames += 1;
    if (video.srcObject) video.requestVideoFrameCallback(count);
  };
  video.requestVideoFrameCallback(count);
  await wait(LOOKS_MS);
  const facts = { width: video.videoWidth, height: video.videoHeight, frames, brightest: brightestOf(video) };
  video.srcObject = null;
  return facts;
}

function brightestOf(video: HTMLVideoElement): number {
  const [width, height] = [32, 18];
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(video, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return data.reduce((most, value, ix) => (ix % 4 === 3 ? most : Math.max(most, value)), 0);
}

/** Opens the microphone and listens until somebody speaks, for eight seconds at most. */
export async function checkMicrophone(media: LocalMedia): Promise<Verdict> {
  try {
    const track = await media.startMicrophone();
    return judgeMicrophone(await listenTo(track.mediaStreamTrack));
  } catch (error) {
    return deviceVerdict('microphone', error);
  }
}

async function listenTo(track: MediaStreamTrack) {
  let loudest = 0;
  let isMeasured = false;
  const begun = performance.now();
  await new Promise<void>((resolve) => {
    const stop = watchLevel(
      track,
      (level, measured) => {
        isMeasured ||= measured;
        loudest = Math.max(loudest, level);
        const forMs = performance.now() - begun;
        if (forMs < LISTENS_AT_LEAST_MS || (loudest < VOICE && forMs < LISTENS_MS)) return;
        stop();
        resolve();
      },
      100,
      { scale: 'linear' },
    );
  });
  return { loudest, isMeasured };
}

/** Plays three notes and asks whether they were heard: no program can know. */
export async function checkSpeaker(speakerId: string | undefined, ask: () => Promise<Answer>): Promise<Verdict> {
  try {
    await playTestSound(speakerId);
  } catch {
    return verdict('failed', 'speaker-failed');
  }
  const answer = await ask();
  if (answer === 'pass') return verdict('skipped', 'skipped');
  return answer === 'yes' ? verdict('passed', 'speaker-heard') : verdict('failed', 'speaker-unheard');
}

export function wait(forMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, forMs));
}
