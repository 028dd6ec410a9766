import type { SeededRandom } from '@madang/testkit';
import {
  isOpusSilence,
  isOpusStereo,
  MOST_SPATIAL_LAYERS,
  opusTicks,
  PayloadMarks,
  RedBlocks,
  readAv1,
  readH264,
  readH265,
  readVp8,
  readVp9,
} from '../../packages/engine/src/rtp/index.js';
import { type FuzzTarget, fuzzRun, mixed, must } from '../fuzz-run.js';
import { Mutator } from '../mutator.js';
import { AV1_SEEDS, H264_SEEDS, H265_SEEDS, OPUS_SEEDS, RED_SEEDS, VP8_SEEDS, VP9_SEEDS } from './payload-seeds.js';

type Seeds = readonly (readonly number[])[];
type Reader = typeof readVp8;

const LONGEST_OPUS_TICKS = 5760;

function seeded(random: SeededRandom, seeds: Seeds): Mutator {
  return new Mutator(
    random,
    seeds.map((seed) => Uint8Array.from(seed)),
  );
}

/** What a payload of a codec says of its picture. */
class PayloadTarget implements FuzzTarget {
  readonly counts = { read: 0, refused: 0, keyframes: 0, framesBegun: 0 };
  readonly #mutator: Mutator;
  readonly #marks = new PayloadMarks();
  readonly #reader: Reader;

  constructor(random: SeededRandom, seeds: Seeds, reader: Reader) {
    this.#mutator = seeded(random, seeds);
    this.#reader = reader;
  }

  step(): void {
    const mutator = this.#mutator;
    mutator.next();
    const first = this.#read();
    mutator.shake();
    must(this.#read() === first, () => 'what stands beside the payload was read');
    if (first === 0) {
      this.counts.refused++;
      return;
    }
    if ((++this.counts.read & 63) === 0) mutator.keep();
    const marks = this.#marks;
    if (marks.keyframe) this.counts.keyframes++;
    if (marks.beginsFrame) this.counts.framesBegun++;
    must(marks.spatialId >= -1 && marks.spatialId < MOST_SPATIAL_LAYERS, () => `spatial ${marks.spatialId}`);
    must(marks.temporalId >= -1 && marks.temporalId < 8, () => `temporal ${marks.temporalId}`);
    const most = marks.pictureIdBits === 0 ? -1 : 2 ** marks.pictureIdBits - 1;
    must(marks.pictureId <= most && marks.tl0PicIdx8 < 256 && marks.keyIdx < 32, () => `picture ${marks.pictureId}`);
    must(marks.layers <= MOST_SPATIAL_LAYERS, () => `${marks.layers} layers`);
    must(marks.beginsFrame || !marks.keyframe, () => 'a keyframe begins in the middle of a frame');
  }

  #read(): number {
    const { bytes, at, length } = this.#mutator;
    const marks = this.#marks;
    if (!this.#reader(bytes, at, length, marks)) return 0;
    let print = mixed(marks.pictureId, marks.spatialId * 64 + marks.temporalId);
    print = mixed(print, marks.tl0PicIdx8 + 512 * marks.keyIdx);
    for (let layer = 0; layer < marks.layers; layer++)
      print = mixed(print, marks.widths[layer]! + marks.heights[layer]!);
    const begins = (marks.keyframe ? 1 : 0) | (marks.beginsFrame ? 2 : 0) | (marks.endsFrame ? 4 : 0);
    const refers = (marks.switchingPoint ? 8 : 0) | (marks.discardable ? 16 : 0) | (marks.refersBelow ? 32 : 0);
    return mixed(print, begins | refers | (marks.parameterSets ? 64 : 0)) | 1;
  }
}

/** Blocks of redundant sound, and packets of Opus in them. */
class SoundTarget implements FuzzTarget {
  readonly counts = { payloads: 0, refused: 0, blocks: 0, opusPackets: 0, stereo: 0, silence: 0 };
  readonly #mutator: Mutator;
  readonly #blocks = new RedBlocks();

  constructor(random: SeededRandom) {
    this.#mutator = seeded(random, [...RED_SEEDS, ...OPUS_SEEDS]);
  }

  step(): void {
    const mutator = this.#mutator;
    mutator.next();
    const first = this.#read();
    mutator.shake();
    must(this.#read() === first, () => 'what stands beside the payload was read');
    this.#ticks(mutator.at, mutator.length);
    if (first === 0) {
      this.counts.refused++;
      return;
    }
    if ((++this.counts.payloads & 63) === 0) mutator.keep();
    this.#lookAtBlocks();
  }

  #read(): number {
    const { bytes, at, length } = this.#mutator;
    const blocks = this.#blocks;
    if (!blocks.read(bytes, at, length)) return 0;
    let print = blocks.count;
    for (let ix = 0; ix < blocks.count; ix++)
      print = mixed(print, blocks.at(ix) + blocks.lengthOf(ix) + blocks.ageTs(ix) + blocks.payloadType(ix));
    return print | 1;
  }

  /** One behind the other to the end, the primary last. */
  #lookAtBlocks(): void {
    const { at, length } = this.#mutator;
    const blocks = this.#blocks;
    must(blocks.count >= 1 && blocks.count <= 32 && blocks.ageTs(blocks.primaryIx) === 0, () => `${blocks.count}`);
    let next = blocks.at(0);
    must(next > at, () => 'a block in the header');
    for (let ix = 0; ix < blocks.count; ix++) {
      must(blocks.at(ix) === next, () => 'a gap between blocks');
      next += blocks.lengthOf(ix);
      this.#ticks(blocks.at(ix), blocks.lengthOf(ix));
      this.counts.blocks++;
    }
    must(next === at + length, () => 'not to the end');
  }

  #ticks(at: number, length: number): void {
    const { bytes } = this.#mutator;
    const ticks = opusTicks(bytes, at, length);
    if (ticks === -1) return;
    must(ticks >= 120 && ticks <= LONGEST_OPUS_TICKS, () => `${ticks} ticks`);
    this.counts.opusPackets++;
    if (isOpusSilence(length)) this.counts.silence++;
    if (isOpusStereo(bytes, at)) this.counts.stereo++;
  }
}

const VIDEO: readonly (readonly [name: string, seeds: Seeds, reader: Reader])[] = [
  ['VP8', VP8_SEEDS, readVp8],
  ['VP9', VP9_SEEDS, readVp9],
  ['AV1', AV1_SEEDS, readAv1],
  ['H.264', H264_SEEDS, readH264],
  ['H.265', H265_SEEDS, readH265],
];

for (const [name, seeds, reader] of VIDEO)
  fuzzRun(`${name} payloads`, 10_000, (random) => new PayloadTarget(random, seeds, reader));
fuzzRun('redundant sound and Opus', 10_000, (random) => new SoundTarget(random));
