import type { SeededRandom } from '@madang/testkit';
import {
  allTargets,
  DependencyDescriptor,
  type DependencyStructure,
  MOST_REWRITE_BYTES,
  MOST_TARGETS,
  rewriteActiveTargets,
} from '../../packages/engine/src/rtp/index.js';
import { dependencyDescriptor, type Structure } from '../../packages/engine/test/sfu/payloads.js';
import { type FuzzTarget, fuzzRun, mixed, must } from '../fuzz-run.js';
import { Mutator } from '../mutator.js';

const MOST_TEMPLATES = 64;

/** Two spatial and two temporal layers in four targets and two chains. */
const L2T2: Structure = {
  targets: 4,
  protectedBy: [0, 0, 1, 1],
  templates: [
    { spatialId: 0, temporalId: 0, indications: 'SSSS', chainDiffs: [0, 0] },
    { spatialId: 0, temporalId: 1, indications: '-D-R', chainDiffs: [1, 1] },
    { spatialId: 1, temporalId: 0, indications: '--SS', chainDiffs: [1, 1] },
    { spatialId: 1, temporalId: 1, indications: '---D', chainDiffs: [2, 1] },
  ],
};

const L1T2: Structure = {
  targets: 2,
  protectedBy: [0, 0],
  templates: [
    { spatialId: 0, temporalId: 0, indications: 'SS', chainDiffs: [0] },
    { spatialId: 0, temporalId: 1, indications: '-D', chainDiffs: [1] },
  ],
};

function seeds(): Uint8Array[] {
  const first = { begins: true, ends: true, template: 0, frameNumber: 65_535 };
  return [
    dependencyDescriptor({ ...first, structure: L2T2 }),
    dependencyDescriptor({ ...first, structure: L1T2 }),
    dependencyDescriptor({ ...first, ends: false, template: 2, structure: L2T2, chainDiffs: [3, 200] }),
    dependencyDescriptor({ ...first, template: 1, chainDiffs: [1, 2] }),
    dependencyDescriptor({ ...first, begins: false, template: 3 }),
    // Thirty-two targets, and a picture's sizes.
    Uint8Array.of(
      0x80,
      0,
      1,
      0x80,
      0x1f,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0x00,
      0x80,
      0x05,
      0x00,
      0x02,
      0xd0,
      0,
    ),
    Uint8Array.of(0xc1, 0, 2),
  ];
}

/** The descriptor of AV1, with the structure that came before it, and with other targets written into it. */
class DescriptorTarget implements FuzzTarget {
  readonly counts = { read: 0, refused: 0, structures: 0, rewritten: 0 };
  readonly #mutator: Mutator;
  readonly #descriptor = new DependencyDescriptor();
  readonly #again = new DependencyDescriptor();
  readonly #out = new Uint8Array(2048);
  #known: DependencyStructure | null = null;

  constructor(random: SeededRandom) {
    this.#mutator = new Mutator(random, seeds());
  }

  step(): void {
    const mutator = this.#mutator;
    mutator.next();
    const first = this.#read();
    mutator.shake();
    must(this.#read() === first, () => 'what stands beside the descriptor was read');
    if (first === 0) {
      this.counts.refused++;
      return;
    }
    if ((++this.counts.read & 63) === 0) mutator.keep();
    const { structure, bringsStructure, template } = this.#descriptor;
    must(structure !== null && template < structure.templates, () => 'a template that is not there');
    if (bringsStructure) this.#lookAt(structure!);
    this.#rewrite();
    if (mutator.random.chance(0.1)) this.#known = structure;
    else if (mutator.random.chance(0.01)) this.#known = null;
  }

  #read(): number {
    const { bytes, at, length } = this.#mutator;
    const descriptor = this.#descriptor;
    return descriptor.read(bytes, at, length, this.#known) ? printOf(descriptor) : 0;
  }

  #lookAt(structure: DependencyStructure): void {
    this.counts.structures++;
    const { templates, targets, chains } = structure;
    must(templates <= MOST_TEMPLATES && targets <= MOST_TARGETS && chains <= targets, () => `${templates} ${targets}`);
    for (let target = 0; target < targets; target++) {
      const chain = structure.protectedBy(target);
      must(chain < chains && (chain >= 0 || chains === 0), () => `protected by chain ${chain} of ${chains}`);
      must(structure.targetSpatialId(target) <= structure.maxSpatialId, () => 'a target above all layers');
      must(structure.targetTemporalId(target) <= structure.maxTemporalId, () => 'a target above all layers');
    }
  }

  /** All is as it was, but for the targets, and doing it twice changes nothing more. */
  #rewrite(): void {
    const { bytes, at, length, random } = this.#mutator;
    const [was, is] = [this.#descriptor, this.#again];
    const targets = was.structure!.targets;
    const active = (random.uint32() & allTargets(targets)) | 0;
    const written = rewriteActiveTargets(bytes, at, was, active, this.#out, 0);
    must(written <= length + MOST_REWRITE_BYTES, () => `${written} bytes of ${length}`);
    must(is.read(this.#out, 0, written, this.#known), () => 'what was written cannot be read');
    must((is.activeTargets | 0) === active, () => `${is.activeTargets} instead of ${active}`);
    const [before, after] = [was.activeTargets, is.activeTargets];
    was.activeTargets = 0;
    is.activeTargets = 0;
    must(printOf(was) === printOf(is), () => 'more than the targets has changed');
    was.activeTargets = before;
    is.activeTargets = after;
    must(rewriteActiveTargets(this.#out, 0, is, active, this.#out, 1024) === written, () => 'another length');
    for (let ix = 0; ix < written; ix++) must(this.#out[ix] === this.#out[1024 + ix], () => 'not the same twice');
    this.counts.rewritten++;
  }
}

/** A fingerprint of what a descriptor says, with all of its structure. */
function printOf(descriptor: DependencyDescriptor): number {
  const { structure, template, frameNumber16, activeTargets, spatialId, temporalId } = descriptor;
  let print = mixed(frameNumber16, template + 64 * spatialId + 256 * temporalId);
  print = mixed(print, activeTargets);
  print = mixed(print, (descriptor.beginsFrame ? 1 : 0) + (descriptor.endsFrame ? 2 : 0));
  const { targets, chains } = structure!;
  for (let target = 0; target < targets; target++) {
    print = mixed(print, descriptor.indication(target) + 8 * structure!.protectedBy(target));
    print = mixed(print, structure!.indication(template, target));
  }
  for (let chain = 0; chain < chains; chain++) print = mixed(print, descriptor.chainDiff(chain));
  print = mixed(print, structure!.width(spatialId) + structure!.height(spatialId));
  return print | 1;
}

fuzzRun('AV1 dependency descriptors', 10_000, (random) => new DescriptorTarget(random));
