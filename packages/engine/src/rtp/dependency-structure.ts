import { sameBytes } from '../bytes/index.js';
import type { BitReader } from './bit-reader.js';

/** How a frame relates to a decode target (RTP Payload Format For AV1 A.8.2, table A.1). */
export const INDICATION = {
  NOT_PRESENT: 0,
  /** Nothing that follows refers to it, for this target. */
  DISCARDABLE: 1,
  /** One may go up to this target here. */
  SWITCH: 2,
  REQUIRED: 3,
} as const;

const MOST_TEMPLATES = 64;
/** Of decode targets and of chains (A.8.2: five bits, and one more than targets). */
export const MOST_TARGETS = 32;
const MOST_SPATIAL_IDS = 4;
const MOST_TEMPORAL_IDS = 8;

/**
 * The template dependency structure of a dependency descriptor (RTP Payload Format For AV1 A.8.1, A.8.2): what the layers
 * are, which targets one can decode, and which chains of frames protect them. It comes with a keyframe and counts until
 * the next one comes, so reading one may allocate.
 */
export class DependencyStructure {
  templateIdOffset = 0;
  templates = 0;
  targets = 0;
  chains = 0;
  maxSpatialId = 0;
  maxTemporalId = 0;
  readonly #spatialIds = new Uint8Array(MOST_TEMPLATES);
  readonly #temporalIds = new Uint8Array(MOST_TEMPLATES);
  /** `templates` rows of `targets` columns. */
  #indications = new Uint8Array(0);
  /** `templates` rows of `chains` columns. */
  #chainDiffs = new Uint8Array(0);
  readonly #protectedBy = new Uint8Array(MOST_TARGETS);
  readonly #targetSpatialIds = new Uint8Array(MOST_TARGETS);
  readonly #targetTemporalIds = new Uint8Array(MOST_TARGETS);
  #widths: Uint32Array | null = null;
  #heights: Uint32Array | null = null;

  spatialId(template: number): number {
    return this.#spatialIds[template]!;
  }

  temporalId(template: number): number {
    return this.#temporalIds[template]!;
  }

  /** One of `INDICATION`. */
  indication(template: number, target: number): number {
    return this.#indications[template * this.targets + target]!;
  }

  /** How many frames back the one before in the chain is; 0: none is, the chain begins anew. */
  chainDiff(template: number, chain: number): number {
    return this.#chainDiffs[template * this.chains + chain]!;
  }

  /** The chain that must be whole for `target` to be decodable; -1 when there are no chains. */
  protectedBy(target: number): number {
    return this.chains === 0 ? -1 : this.#protectedBy[target]!;
  }

  /** The highest layers that a target holds. */
  targetSpatialId(target: number): number {
    return this.#targetSpatialIds[target]!;
  }

  targetTemporalId(target: number): number {
    return this.#targetTemporalIds[target]!;
  }

  /** 0 when the structure does not tell. */
  width(spatialId: number): number {
    return this.#widths?.[spatialId] ?? 0;
  }

  height(spatialId: number): number {
    return this.#heights?.[spatialId] ?? 0;
  }

  /** Whether both say the same of every frame: a keyframe mostly brings again what is known. */
  equals(other: DependencyStructure): boolean {
    return (
      this.templateIdOffset === other.templateIdOffset &&
      this.templates === other.templates &&
      this.targets === other.targets &&
      this.chains === other.chains &&
      sameBytes(this.#spatialIds, other.#spatialIds) &&
      sameBytes(this.#temporalIds, other.#temporalIds) &&
      sameBytes(this.#indications, other.#indications) &&
      sameBytes(this.#chainDiffs, other.#chainDiffs) &&
      sameBytes(this.#protectedBy, other.#protectedBy) &&
      this.#hasSizesOf(other)
    );
  }

  #hasSizesOf(other: DependencyStructure): boolean {
    for (let id = 0; id < MOST_SPATIAL_IDS; id++) {
      if (this.width(id) !== other.width(id) || this.height(id) !== other.height(id)) return false;
    }
    return true;
  }

  /** Reads one. False when it is cut short, or has more templates or layers than there may be. */
  read(bits: BitReader): boolean {
    this.templateIdOffset = bits.bits(6);
    this.targets = bits.bits(5) + 1;
    if (!this.#readLayers(bits)) return false;
    this.#readIndications(bits);
    this.#skipFrameDiffs(bits);
    this.#readChains(bits);
    if (bits.bit() === 1) this.#readSizes(bits);
    return !bits.isOver;
  }

  #readLayers(bits: BitReader): boolean {
    let spatialId = 0;
    let temporalId = 0;
    for (let next = 0; next !== 3; next = bits.bits(2)) {
      if (next === 1) temporalId++;
      else if (next === 2) {
        temporalId = 0;
        spatialId++;
      }
      if (this.templates === MOST_TEMPLATES || spatialId >= MOST_SPATIAL_IDS || temporalId >= MOST_TEMPORAL_IDS)
        return false;
      this.#spatialIds[this.templates] = spatialId;
      this.#temporalIds[this.templates++] = temporalId;
      this.maxTemporalId = Math.max(this.maxTemporalId, temporalId);
    }
    this.maxSpatialId = spatialId;
    return true;
  }

  #readIndications(bits: BitReader): void {
    this.#indications = new Uint8Array(this.templates * this.targets);
    for (let template = 0; template < this.templates; template++) {
      for (let target = 0; target < this.targets; target++) this.#readIndication(bits, template, target);
    }
  }

  #readIndication(bits: BitReader, template: number, target: number): void {
    const indication = bits.bits(2);
    this.#indications[template * this.targets + target] = indication;
    if (indication === INDICATION.NOT_PRESENT) return;
    this.#targetSpatialIds[target] = Math.max(this.#targetSpatialIds[target]!, this.#spatialIds[template]!);
    this.#targetTemporalIds[target] = Math.max(this.#targetTemporalIds[target]!, this.#temporalIds[template]!);
  }

  /** Which frames a template refers to: forwarding goes by chains, and receivers read it themselves. */
  #skipFrameDiffs(bits: BitReader): void {
    for (let template = 0; template < this.templates; template++) {
      while (bits.bit() === 1) bits.bits(4);
    }
  }

  #readChains(bits: BitReader): void {
    this.chains = bits.below(this.targets + 1);
    if (this.chains === 0) return;
    for (let target = 0; target < this.targets; target++) this.#protectedBy[target] = bits.below(this.chains);
    this.#chainDiffs = new Uint8Array(this.templates * this.chains);
    for (let ix = 0; ix < this.#chainDiffs.length; ix++) this.#chainDiffs[ix] = bits.bits(4);
  }

  #readSizes(bits: BitReader): void {
    this.#widths = new Uint32Array(MOST_SPATIAL_IDS);
    this.#heights = new Uint32Array(MOST_SPATIAL_IDS);
    for (let spatialId = 0; spatialId <= this.maxSpatialId; spatialId++) {
      this.#widths[spatialId] = bits.bits(16) + 1;
      this.#heights[spatialId] = bits.bits(16) + 1;
    }
  }
}
