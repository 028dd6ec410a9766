import type { InboundTrack, Peer } from '../peer/index.js';
import type { Subscription } from '../sfu/index.js';

/** What went through a media thread since it began. Whole numbers, which only grow but for `lost`. */
export interface MediaSums {
  /** What publishers sent, and bytes of payload in it. */
  packets: number;
  bytes: number;
  /** Of it did not come on its way; came when it was asked for again; is not waited for any more. */
  lost: number;
  recovered: number;
  givenUp: number;
  /** Packets that publishers were asked for again, and keyframes. */
  nacks: number;
  keyframesAsked: number;
  /** What viewers were sent, without repetitions. */
  forwarded: number;
  /** Packets that viewers asked for again, and those of them that they were sent. */
  repeatsAsked: number;
  repeated: number;
  /** Keyframes that viewers asked for. */
  keyframesWished: number;
  /** How often what a viewer was sent became another encoding or layer, or began again. */
  layerSwitches: number;
  /** Datagrams of peers that could not be read, are of nothing that was agreed on, came twice, or only probed. */
  malformed: number;
  unknownSource: number;
  duplicates: number;
  probes: number;
  /** STUN that is for nobody here. */
  strangers: number;
  /** Packets of a track that no room has (any more). */
  unrouted: number;
  /** How often it was tried out whether a viewer's line takes more, and how often that told something. */
  lineProbes: number;
  lineProbesTold: number;
  /** Packets that had to wait for their line. */
  waited: number;
}

export function noSums(): MediaSums {
  return {
    packets: 0,
    bytes: 0,
    lost: 0,
    recovered: 0,
    givenUp: 0,
    nacks: 0,
    keyframesAsked: 0,
    forwarded: 0,
    repeatsAsked: 0,
    repeated: 0,
    keyframesWished: 0,
    layerSwitches: 0,
    malformed: 0,
    unknownSource: 0,
    duplicates: 0,
    probes: 0,
    strangers: 0,
    unrouted: 0,
    lineProbes: 0,
    lineProbesTold: 0,
    waited: 0,
  };
}

/** Adds what came of a track so far. */
export function addTrack(sums: MediaSums, { layers }: InboundTrack): void {
  for (const layer of layers) {
    sums.packets += layer.packets;
    sums.bytes += layer.bytes;
    sums.lost += layer.lost;
    sums.recovered += layer.recovered;
    sums.givenUp += layer.givenUp;
    sums.nacks += layer.nackCount;
    sums.keyframesAsked += layer.keyframeRequestCount;
  }
}

/** Adds what a viewer was sent in a place so far. */
export function addSubscription(sums: MediaSums, subscription: Subscription): void {
  sums.forwarded += subscription.out.sent.packets;
  sums.repeatsAsked += subscription.askedCount;
  sums.repeated += subscription.resentCount;
  sums.keyframesWished += subscription.keyframesWished;
  sums.layerSwitches += Math.max(0, subscription.out.legs.begun - 1);
}

/** Adds what was done for the line to a peer so far. */
export function addLine(sums: MediaSums, { sending: { bandwidth } }: Peer): void {
  sums.lineProbes += bandwidth.probes.begun;
  sums.lineProbesTold += bandwidth.probes.measured;
  sums.waited += bandwidth.pace.waited;
}

/** Adds what was dropped of a peer so far. */
export function addDrops(sums: MediaSums, { drops }: Peer): void {
  sums.malformed += drops.malformed;
  sums.unknownSource += drops.unknown_source;
  sums.duplicates += drops.repeated;
  sums.probes += drops.probe;
}
