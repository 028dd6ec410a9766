import { allTargets, type DependencyStructure, INDICATION } from '../rtp/index.js';
import { type MediaPacket, TOP_LAYER } from './media-packet.js';

/** References reach back so far at most (RTP Payload Format For AV1 A.8.2.2: chain differences have eight bits). */
const FRAMES_BACK = 256;
/** After so many pictures without a place to take more temporal layers, a keyframe has to make one. */
const PATIENCE_PICTURES = 32;

/** Which layers of a source one viewer gets, which it shall get, and where it may change from the one to the other. */
export class LayerCap {
  /** The highest that are sent now. */
  spatial = TOP_LAYER;
  temporal = TOP_LAYER;
  /** The decode target that is sent, where a dependency descriptor tells of them; else -1. */
  target = -1;
  structure: DependencyStructure | null = null;
  #wantSpatial = TOP_LAYER;
  #wantTemporal = TOP_LAYER;
  #wantTarget = -1;
  #unmet = 0;
  /** Numbers of the frames that were sent, each at its low bits. */
  readonly #sentFrames = new Int32Array(FRAMES_BACK).fill(-1);

  /** From the next place on where it can be. */
  want(spatial: number, temporal: number): void {
    if (spatial === this.#wantSpatial && temporal === this.#wantTemporal) return;
    this.#wantSpatial = spatial;
    this.#wantTemporal = temporal;
    this.#unmet = 0;
    if (this.structure !== null) this.#wantTarget = bestTarget(this.structure, spatial, temporal);
  }

  /** Sending begins with this packet. */
  enter(packet: MediaPacket): void {
    this.structure = packet.isDescribed ? packet.descriptor.structure : null;
    this.#sentFrames.fill(-1);
    this.#wantTarget = -1;
    if (this.structure !== null) this.#wantTarget = bestTarget(this.structure, this.#wantSpatial, this.#wantTemporal);
    this.#take(this.#wantTarget, this.#wantSpatial, this.#wantTemporal);
  }

  /** A picture begins with this packet. Returns whether other layers are sent from it on. */
  turn(packet: MediaPacket): boolean {
    if (packet.isDescribed) {
      if (packet.descriptor.structure !== this.structure) {
        this.enter(packet);
        return true;
      }
      return this.target !== this.#wantTarget && this.#turnToTarget(packet);
    }
    const isMet = this.spatial === this.#wantSpatial && this.temporal === this.#wantTemporal;
    return !isMet && this.#turnToLayers(packet);
  }

  #turnToTarget(packet: MediaPacket): boolean {
    const want = this.#wantTarget;
    const structure = this.structure!;
    const isBelow =
      structure.targetSpatialId(want) <= this.spatial && structure.targetTemporalId(want) <= this.temporal;
    const indication = packet.descriptor.indication(want);
    const isPlace = isBelow ? indication !== INDICATION.NOT_PRESENT : indication === INDICATION.SWITCH;
    if (!isPlace || !this.#isChainWhole(packet, want)) {
      this.#unmet++;
      return false;
    }
    this.#take(want, 0, 0);
    return true;
  }

  /** Whether the viewer was sent what the frame leans on in the chain of a target. */
  #isChainWhole({ descriptor }: MediaPacket, target: number): boolean {
    const chain = this.structure!.protectedBy(target);
    if (chain < 0) return true;
    const diff = descriptor.chainDiff(chain);
    const before = (descriptor.frameNumber16 - diff) & 0xffff;
    return diff === 0 || this.#sentFrames[before % FRAMES_BACK] === before;
  }

  #turnToLayers(packet: MediaPacket): boolean {
    const { spatial, temporal } = this;
    if (packet.isEntry) this.#take(-1, this.#wantSpatial, this.#wantTemporal);
    else {
      this.spatial = Math.min(spatial, this.#wantSpatial);
      const mayRaise = temporal >= packet.raiseFrom && packet.raiseTo > temporal;
      this.temporal = Math.min(mayRaise ? packet.raiseTo : temporal, this.#wantTemporal);
      this.#unmet++;
    }
    return spatial !== this.spatial || temporal !== this.temporal;
  }

  #take(target: number, spatial: number, temporal: number): void {
    this.target = target;
    this.spatial = target < 0 ? spatial : this.structure!.targetSpatialId(target);
    this.temporal = target < 0 ? temporal : this.structure!.targetTemporalId(target);
    this.#unmet = 0;
  }

  /** Whether a packet is of the layers that are sent. */
  admits(packet: MediaPacket): boolean {
    if (!packet.isDescribed) return packet.spatialId <= this.spatial && packet.temporalId <= this.temporal;
    return packet.descriptor.structure === this.structure && this.isFor(packet, this.target);
  }

  /** Whether a described packet is a part of what a viewer of `target` decodes. */
  isFor({ descriptor }: MediaPacket, target: number): boolean {
    return descriptor.indication(target) !== INDICATION.NOT_PRESENT;
  }

  /** A described packet was sent. */
  sent(frameNumber16: number): void {
    this.#sentFrames[frameNumber16 % FRAMES_BACK] = frameNumber16;
  }

  /** Whether only a keyframe brings what is wanted. */
  get needsKeyframe(): boolean {
    if (this.#unmet === 0) return false;
    const wantSpatial = this.#wantTarget < 0 ? this.#wantSpatial : this.structure!.targetSpatialId(this.#wantTarget);
    return wantSpatial !== this.spatial || this.#unmet > PATIENCE_PICTURES;
  }

  /** A bit for each decode target that is sent; 0 when all are, or none are told of. */
  get activeTargets(): number {
    const { structure } = this;
    if (structure === null || this.target < 0) return 0;
    let mask = 0;
    for (let target = 0; target < structure.targets; target++) {
      const isSent =
        structure.targetSpatialId(target) <= this.spatial && structure.targetTemporalId(target) <= this.temporal;
      if (isSent) mask |= 1 << target;
    }
    return mask === (allTargets(structure.targets) | 0) ? 0 : mask;
  }
}

/** The highest target within both limits, spatial layers before temporal ones; the lowest when none is. */
function bestTarget(structure: DependencyStructure, spatial: number, temporal: number): number {
  let best = -1;
  let least = 0;
  const worth = (target: number) => structure.targetSpatialId(target) * 8 + structure.targetTemporalId(target);
  for (let target = 0; target < structure.targets; target++) {
    if (worth(target) < worth(least)) least = target;
    if (structure.targetSpatialId(target) > spatial || structure.targetTemporalId(target) > temporal) continue;
    if (best < 0 || worth(target) > worth(best)) best = target;
  }
  return best < 0 ? least : best;
}
