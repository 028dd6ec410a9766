import type { BandwidthStats } from '../bwe/index.js';
import type { Flow } from '../stream/index.js';
import type { InboundLayer } from './inbound-layer.js';
import type { Peer, PeerState } from './peer.js';
import type { SentEntry } from './sending.js';

/** One layer that a peer publishes. Counts are since it began. */
export interface LayerStats {
  readonly mid: string;
  readonly kind: 'audio' | 'video';
  readonly rid: string | null;
  /** From 0 to 2^32 - 1; null before its first packet. */
  readonly ssrc: number | null;
  readonly flow: Flow;
  readonly packets: number;
  /** Of payload. */
  readonly bytes: number;
  readonly bps: number;
  readonly jitterMs: number;
  /** On the way; those that came when they were asked for again, and those that nobody waits for any more. */
  readonly lost: number;
  readonly recovered: number;
  readonly givenUp: number;
  readonly nacks: number;
  readonly keyframeRequests: number;
}

/** One stream that a peer is sent, as it says itself. */
export interface SentStats {
  readonly ssrc: number;
  /** Since its report before, from 0 to 1. */
  readonly fractionLost: number;
  readonly jitterTs: number;
  readonly nacks: number;
  readonly keyframeRequests: number;
}

export interface PeerStats {
  readonly state: PeerState;
  readonly srtpProfile: number;
  readonly moves: number;
  /** To a publisher by what it repeated, to a viewer by its reports; null before either was measured. */
  readonly roundTripMs: number | null;
  /** How the line to it stands. */
  readonly bandwidth: BandwidthStats;
  readonly layers: readonly LayerStats[];
  readonly sent: readonly SentStats[];
  readonly drops: Peer['drops'];
}

/** How a peer stands at `now`, as values of the caller's own. */
export function peerStats(peer: Peer, now: number): PeerStats {
  const { inbound, sending } = peer;
  const roundTripMs = Math.max(inbound.roundTrip.ms, sending.roundTrip.ms);
  return {
    state: peer.state,
    srtpProfile: peer.srtpProfile,
    moves: peer.moves,
    roundTripMs: roundTripMs < 0 ? null : roundTripMs,
    bandwidth: sending.bandwidth.stats(now),
    layers: [...inbound.sorter.tracks].flatMap(({ layers }) => layers.map((layer) => layerStats(layer, now))),
    sent: [...sending.entries].map(sentStats),
    drops: { ...peer.drops },
  };
}

function layerStats(layer: InboundLayer, now: number): LayerStats {
  const { track, stream, rid, flow, packets, bytes } = layer;
  return {
    mid: track.mid,
    kind: track.kind,
    rid,
    ssrc: layer.ssrc === null ? null : layer.ssrc >>> 0,
    flow: flow.flow,
    packets,
    bytes,
    bps: layer.rate.bps(now),
    jitterMs: stream?.jitterMs ?? 0,
    lost: layer.lost,
    recovered: layer.recovered,
    givenUp: layer.givenUp,
    nacks: layer.nackCount,
    keyframeRequests: layer.keyframeRequestCount,
  };
}

function sentStats({ stream, fractionLost, jitterTs, nacks, keyframeRequests }: SentEntry): SentStats {
  return { ssrc: stream.ssrc, fractionLost: fractionLost / 256, jitterTs, nacks, keyframeRequests };
}
