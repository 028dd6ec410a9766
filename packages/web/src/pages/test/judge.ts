import type { ServerWalk } from './server-walk.js';
import { type Verdict, verdict } from './verdict.js';

export interface BrowserFacts {
  readonly secure: boolean;
  /** Interfaces that a call needs → whether they are there. */
  readonly interfaces: Readonly<Record<string, boolean>>;
}

export function judgeSecurity({ secure }: BrowserFacts): Verdict {
  return secure ? verdict('passed', 'secure') : verdict('failed', 'insecure');
}

export function judgeBrowser({ secure, interfaces }: BrowserFacts): Verdict {
  // Outside a secure context devices are missing from every browser: that is another problem.
  const lacking = Object.keys(interfaces).filter((name) => !interfaces[name] && (secure || name !== 'getUserMedia'));
  return lacking.length === 0
    ? verdict('passed', 'browser-able')
    : verdict('failed', 'browser-lacks', { lacks: lacking.join(', ') });
}

export interface CameraFacts {
  readonly width: number;
  readonly height: number;
  /** New pictures within the second looked at. */
  readonly frames: number;
  /** The brightest value of the last picture, 0 to 255. */
  readonly brightest: number;
}

const BLACK_BELOW = 20;

export function judgeCamera({ width, height, frames, brightest }: CameraFacts): Verdict {
  const values = { width, height, frames };
  return frames > 1 && brightest >= BLACK_BELOW
    ? verdict('passed', 'camera-works', values)
    : verdict('warned', 'camera-black', values);
}

export interface MicrophoneFacts {
  /** The loudest moment, linear, 0 to 1. */
  readonly loudest: number;
  /** False where the browser kept sound processing asleep all the time. */
  readonly isMeasured: boolean;
}

/** Louder than this is no noise of the room. */
export const VOICE = 0.02;

export function judgeMicrophone({ loudest, isMeasured }: MicrophoneFacts): Verdict {
  if (!isMeasured) return verdict('warned', 'microphone-unmeasured');
  if (loudest === 0) return verdict('failed', 'microphone-dead');
  if (loudest < VOICE) return verdict('warned', 'microphone-quiet');
  return verdict('passed', 'microphone-works', { percent: Math.round(loudest * 100) });
}

export interface SignalingFacts {
  readonly transport: 'websocket' | 'polling' | undefined;
  /** Each round trip to the server and back. */
  readonly roundTripsMs: readonly number[];
}

export function judgeSignaling({ transport, roundTripsMs }: SignalingFacts): Verdict {
  const sorted = [...roundTripsMs].sort((a, b) => a - b);
  const ms = Math.max(1, Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0));
  return transport === 'polling'
    ? verdict('warned', 'signaling-polling', { ms })
    : verdict('passed', 'signaling-websocket', { ms });
}

export interface CandidateFacts {
  readonly hostUdp: number;
  readonly hostTcp: number;
  readonly reflexive: number;
  /** Whether the server names a STUN server. */
  readonly hasStun: boolean;
  /** Codes of `icecandidateerror`. */
  readonly stunErrors: readonly number[];
}

export function judgeUdp({ hostUdp, reflexive, hasStun, stunErrors }: CandidateFacts): Verdict {
  if (hostUdp + reflexive === 0) return verdict('failed', 'udp-none');
  if (!hasStun) return verdict('passed', 'udp-host', { host: hostUdp });
  // An address that looks the same from outside is named once, as the machine's own: only an error means a failure.
  const isBlocked = reflexive === 0 && stunErrors.length > 0;
  return isBlocked
    ? verdict('warned', 'udp-blocked', { host: hostUdp })
    : verdict('passed', 'udp-reflexive', { host: hostUdp, reflexive });
}

export function judgeTcp({ hostTcp }: CandidateFacts): Verdict {
  return hostTcp > 0 ? verdict('passed', 'tcp-works', { host: hostTcp }) : verdict('warned', 'tcp-none');
}

/** Of several ways to a relay one may be blocked where another works: then the call goes by that. */
export function judgeRelay(walks: readonly ServerWalk[]): Verdict {
  if (walks.length === 0) return verdict('warned', 'relay-absent');
  const working = walks.filter(({ end }) => end.state === 'works');
  if (working.length === 0) return verdict('failed', 'relay-fails');
  const values = { relays: working.length, all: walks.length };
  return working.length < walks.length
    ? verdict('warned', 'relay-partly', values)
    : verdict('passed', 'relay-works', values);
}

export interface LoopbackFacts {
  readonly connected: boolean;
  readonly bps: number;
  readonly framesPerSecond: number;
  readonly soundPackets: number;
}

const FEW_FRAMES = 5;

export function judgeLoopback({ connected, bps, framesPerSecond, soundPackets }: LoopbackFacts): Verdict {
  const values = { kbps: Math.round(bps / 1_000), frames: Math.round(framesPerSecond) };
  if (!connected || (bps === 0 && soundPackets === 0)) return verdict('failed', 'loopback-failed');
  return framesPerSecond < FEW_FRAMES || soundPackets === 0
    ? verdict('warned', 'loopback-slow', values)
    : verdict('passed', 'loopback-works', values);
}

/** What came of trying the media server over one protocol. `absent`: the server has no media server. */
export type MediaPortFacts =
  | { readonly at: 'connected'; readonly roundTripMs: number }
  | { readonly at: 'unreachable' | 'not-offered' | 'absent' | 'refused' };

/** Without UDP calls go on over TCP; a call that finds neither has no media. */
export function judgeMediaPort(protocol: 'udp' | 'tcp', facts: MediaPortFacts): Verdict {
  switch (facts.at) {
    case 'connected':
      return verdict('passed', 'media-works', { ms: Math.max(1, Math.round(facts.roundTripMs)) });
    case 'unreachable':
      return verdict(protocol === 'udp' ? 'failed' : 'warned', `media-${protocol}-blocked`);
    case 'not-offered':
      return verdict('warned', 'media-not-offered');
    case 'refused':
      return verdict('skipped', 'media-refused');
    case 'absent':
      return verdict('skipped', 'media-absent');
  }
}

/** What went up to the media server and came back from there. `lost`: share of packets, 0…1. */
export interface ThroughputFacts {
  readonly at: 'measured';
  readonly bps: number;
  readonly lost: number;
}

/** Less than this is no picture worth the name, in bits per second. */
const LITTLE_BPS = 300_000;
const MUCH_LOST = 0.05;

export function judgeThroughput(facts: ThroughputFacts | { readonly at: 'absent' | 'refused' }): Verdict {
  if (facts.at !== 'measured') return verdict('skipped', `media-${facts.at}`);
  const values = { kbps: Math.round(facts.bps / 1_000), percent: Math.round(facts.lost * 100) };
  if (facts.bps === 0) return verdict('failed', 'throughput-none');
  if (facts.lost >= MUCH_LOST) return verdict('warned', 'throughput-lossy', values);
  return facts.bps < LITTLE_BPS
    ? verdict('warned', 'throughput-little', values)
    : verdict('passed', 'throughput-well', values);
}
