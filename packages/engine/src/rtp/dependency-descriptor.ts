import { readU16 } from '../bytes/index.js';
import { BitReader } from './bit-reader.js';
import { DependencyStructure, INDICATION, MOST_TARGETS } from './dependency-structure.js';

const MANDATORY_BYTES = 3;
const MANDATORY_BITS = 24;
const FLAG_BITS = 5;

/**
 * The dependency descriptor of one packet (RTP Payload Format For AV1 A.8.1):
 *
 *     |B|E| template  |         frame number          |   begins, ends a frame
 *     |S|A|D|F|C|      a structure, active targets, own indications, references and chains follow
 *
 * One object is read again for every packet; only a new structure allocates.
 */
export class DependencyDescriptor {
  beginsFrame = false;
  endsFrame = false;
  frameNumber16 = 0;
  /** That of the packet, or the one it was read by: the same object as long as the same is said. Null only when there was none. */
  structure: DependencyStructure | null = null;
  /** Whether the packet brought the structure itself, which only a keyframe does. */
  bringsStructure = false;
  /** A bit for each target that is still sent; -1 when the packet does not say, so that what was said last holds. */
  activeTargets = -1;
  /** Index of the template in the structure. */
  template = 0;
  spatialId = 0;
  temporalId = 0;
  /** In bits from the descriptor's beginning: where the active targets stand or would stand, and where all ends. */
  activeTargetsBit = 0;
  endBit = 0;
  readonly #bits = new BitReader();
  #hasIndications = false;
  readonly #indications = new Uint8Array(MOST_TARGETS);
  #hasChains = false;
  readonly #chainDiffs = new Uint8Array(MOST_TARGETS);

  /**
   * Reads the descriptor of `length` bytes at `at`. `known` is the structure that came last; null before the first. False
   * when it is malformed, names a template that is not there, or needs a structure that has not come: then only the
   * fields up to `frameNumber16` mean something, and none when it is shorter than three bytes. Never throws.
   */
  read(bytes: Uint8Array, at: number, length: number, known: DependencyStructure | null): boolean {
    this.#forget(known);
    if (length < MANDATORY_BYTES) return false;
    this.beginsFrame = (bytes[at]! & 0x80) !== 0;
    this.endsFrame = (bytes[at]! & 0x40) !== 0;
    this.frameNumber16 = readU16(bytes, at + 1);
    const templateId = bytes[at]! & 0x3f;
    if (length === MANDATORY_BYTES) return this.#useTemplate(templateId);
    this.#bits.begin(bytes, at + MANDATORY_BYTES, length - MANDATORY_BYTES);
    return this.#readExtended(templateId, 8 * at);
  }

  /** How the frame relates to a target: one of `INDICATION`. */
  indication(target: number): number {
    if (this.#hasIndications) return this.#indications[target]!;
    return this.structure?.indication(this.template, target) ?? INDICATION.NOT_PRESENT;
  }

  /** How many frames back the one before in the chain is; 0: the chain begins anew. */
  chainDiff(chain: number): number {
    if (this.#hasChains) return this.#chainDiffs[chain]!;
    return this.structure?.chainDiff(this.template, chain) ?? 0;
  }

  #forget(known: DependencyStructure | null): void {
    this.structure = known;
    this.bringsStructure = false;
    this.activeTargets = -1;
    this.activeTargetsBit = MANDATORY_BITS + FLAG_BITS;
    this.endBit = MANDATORY_BITS;
    this.#hasIndications = false;
    this.#hasChains = false;
  }

  #readExtended(templateId: number, beginBit: number): boolean {
    const bits = this.#bits;
    const flags = bits.bits(FLAG_BITS);
    if ((flags & 0x10) !== 0 && !this.#readStructure()) return false;
    if (this.structure === null) return false;
    this.activeTargetsBit = bits.position - beginBit;
    // 32 targets fill a number with a sign, and then -1 means that all are active, as it does when none is told.
    if ((flags & 0x08) !== 0) this.activeTargets = this.#readMask(this.structure.targets);
    else if (this.bringsStructure) this.activeTargets = allTargets(this.structure.targets);
    if (!this.#useTemplate(templateId)) return false;
    if ((flags & 0x04) !== 0) this.#readIndications(this.structure.targets);
    if ((flags & 0x02) !== 0) this.#skipFrameDiffs();
    if ((flags & 0x01) !== 0) this.#readChains(this.structure.chains);
    this.endBit = bits.position - beginBit;
    return !bits.isOver;
  }

  #readStructure(): boolean {
    const structure = new DependencyStructure();
    if (!structure.read(this.#bits)) return false;
    if (this.structure === null || !structure.equals(this.structure)) this.structure = structure;
    this.bringsStructure = true;
    return true;
  }

  #useTemplate(templateId: number): boolean {
    if (this.structure === null) return false;
    this.template = (templateId + 64 - this.structure.templateIdOffset) % 64;
    if (this.template >= this.structure.templates) return false;
    this.spatialId = this.structure.spatialId(this.template);
    this.temporalId = this.structure.temporalId(this.template);
    return true;
  }

  #readMask(targets: number): number {
    const high = targets > 16 ? this.#bits.bits(targets - 16) : 0;
    return (high << 16) | this.#bits.bits(Math.min(targets, 16));
  }

  #readIndications(targets: number): void {
    this.#hasIndications = true;
    for (let target = 0; target < targets; target++) this.#indications[target] = this.#bits.bits(2);
  }

  #skipFrameDiffs(): void {
    for (let size = this.#bits.bits(2); size !== 0; size = this.#bits.bits(2)) this.#bits.bits(4 * size);
  }

  #readChains(chains: number): void {
    this.#hasChains = true;
    for (let chain = 0; chain < chains; chain++) this.#chainDiffs[chain] = this.#bits.bits(8);
  }
}

/** A mask of as many ones. */
export function allTargets(targets: number): number {
  return targets === 32 ? -1 : 2 ** targets - 1;
}
