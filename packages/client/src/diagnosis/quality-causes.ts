import type { Source } from '@madang/protocol';
import { peerFinding } from './peer-finding.js';
import type { PeerView, TrackAt } from './peer-view.js';
import { NONE, type PeerRule } from './rule.js';

/** Over so long a time a line, or a computer, is judged. */
const WINDOW_MS = 10_000;
/** Fewer samples say nothing. */
const SAMPLES = 6;
/** At first a browser feels its way up from a low rate. */
const RAMP_MS = 15_000;

/** Above this share of lost packets words break off (ITU-T G.113 appendix I, for codecs with concealment). */
const LOSS = 0.05;
/** Above this people begin to talk at the same time (ITU-T G.114: 400 ms for one way and its devices). */
const ROUND_TRIP_MS = 400;

const packetLoss: PeerRule = (view) => {
  const worst = (['received', 'sent'] as const)
    .flatMap((direction) =>
      (['microphone', 'camera', 'screen'] as const).map((source) => ({
        direction,
        source,
        ...lossOf(view, direction, source),
      })),
    )
    .toSorted((a, b) => b.share - a.share)[0];
  if (worst === undefined || worst.share < LOSS) return NONE;
  const { direction, source, share, sinceMs } = worst;
  return [peerFinding(view, 'packet-loss', 'path', 'impairs', sinceMs, { source, direction, share })];
};

function lossOf(view: PeerView, direction: 'sent' | 'received', source: Source): { share: number; sinceMs: number } {
  const track = view.track(direction, source, WINDOW_MS).filter(({ loss }) => loss !== undefined);
  if (track.length < SAMPLES) return { share: 0, sinceMs: 0 };
  return { share: mean(track.map(({ loss }) => loss ?? 0)), sinceMs: track[0]?.atMs ?? 0 };
}

const longDelay: PeerRule = (view) => {
  const trips = view.samples(WINDOW_MS).filter(({ sample }) => sample.roundTripMs !== undefined);
  if (trips.length < SAMPLES) return NONE;
  const roundTripMs = mean(trips.map(({ sample }) => sample.roundTripMs ?? 0));
  if (roundTripMs < ROUND_TRIP_MS) return NONE;
  return [peerFinding(view, 'long-delay', 'path', 'impairs', trips[0]?.atMs ?? 0, { roundTripMs })];
};

const thinLine: PeerRule = (view) => {
  const limited = limitedBy(view, 'bandwidth');
  if (limited === undefined) return NONE;
  const rates = view.samples(WINDOW_MS).flatMap(({ sample }) => sample.outgoingBps ?? []);
  const evidence = rates.length === 0 ? {} : { bps: mean(rates) };
  return [peerFinding(view, 'thin-line', 'path', 'impairs', limited.atMs, { source: 'camera', ...evidence })];
};

const slowComputer: PeerRule = (view) => {
  const limited = limitedBy(view, 'cpu');
  if (limited === undefined) return NONE;
  return [peerFinding(view, 'slow-computer', 'first-sent', 'impairs', limited.atMs, { source: 'camera' })];
};

/** About a call that works, and could be better. */
export const qualityCauses: readonly PeerRule[] = [packetLoss, longDelay, thinLine, slowComputer];

/** Since when the encoder of the camera gives less than it could, for one reason nearly all the time. */
function limitedBy(view: PeerView, reason: NonNullable<TrackAt['limitedBy']>): TrackAt | undefined {
  if (view.connectedMs === undefined || view.nowMs - view.connectedMs < RAMP_MS) return undefined;
  const track = view.track('sent', 'camera', WINDOW_MS);
  const limited = track.filter((at) => at.limitedBy === reason);
  return track.length >= SAMPLES && limited.length >= track.length * 0.8 ? limited[0] : undefined;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
