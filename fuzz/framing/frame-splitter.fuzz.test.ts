import type { SeededRandom } from '@madang/testkit';
import { FRAME_HEADER_BYTES, FrameSplitter, frame } from '../../packages/engine/src/ice/index.js';
import { type FuzzTarget, fuzzRun, mixed, must } from '../fuzz-run.js';
import { Mutator } from '../mutator.js';

const MOST_BYTES = 300;

function seeds(): Uint8Array[] {
  const frames = [0, 1, 2, 20, 100, MOST_BYTES].map((length) => frame(new Uint8Array(length).fill(length)));
  const several = [frames[3]!, frames[0]!, frames[1]!, frames[4]!, frames[3]!];
  return [...frames, Uint8Array.from(several.flatMap((each) => [...each]))];
}

/**
 * A stream of frames in pieces of any size, beside the same bytes told apart in one go: both give the same datagrams, or
 * break at the same place.
 */
class FramingTarget implements FuzzTarget {
  readonly counts = { streams: 0, datagrams: 0, pieces: 0, broken: 0, cutShort: 0 };
  readonly #mutator: Mutator;
  readonly #stream = new Uint8Array(3 * 1500);
  #print = 0;

  constructor(random: SeededRandom) {
    this.#mutator = new Mutator(random, seeds());
  }

  step(): void {
    const length = this.#fill();
    const isWhole = this.#atOnce(length);
    const expected = this.#print;
    must(this.#inPieces(length) === isWhole, () => 'broken in pieces only, or in one go only');
    must(this.#print === expected, () => 'other datagrams in pieces');
    this.counts.streams++;
  }

  /** One to three inputs, one behind the other. */
  #fill(): number {
    const mutator = this.#mutator;
    let length = 0;
    for (let count = 1 + mutator.random.below(3); count > 0; count--) {
      mutator.next();
      this.#stream.set(mutator.bytes.subarray(mutator.at, mutator.at + mutator.length), length);
      length += mutator.length;
    }
    return length;
  }

  /** As RFC 4571 §2 says, without a state. False when a frame is too long. */
  #atOnce(end: number): boolean {
    this.#print = 1;
    const bytes = this.#stream;
    for (let at = 0; at + FRAME_HEADER_BYTES <= end; ) {
      const length = (bytes[at]! << 8) | bytes[at + 1]!;
      if (length > MOST_BYTES) return false;
      at += FRAME_HEADER_BYTES;
      if (at + length > end) break;
      if (length > 0) this.#note(bytes, at, length);
      at += length;
    }
    return true;
  }

  #inPieces(end: number): boolean {
    const { random } = this.#mutator;
    const splitter = new FrameSplitter(MOST_BYTES);
    const note = (bytes: Uint8Array, at: number, length: number) => this.#note(bytes, at, length);
    const most = 1 + random.below(random.chance(0.5) ? 4 : 700);
    this.#print = 1;
    for (let at = 0; at < end; ) {
      const to = Math.min(end, at + 1 + random.below(most));
      this.counts.pieces++;
      if (!splitter.push(this.#stream.subarray(at, to), note)) {
        must(!splitter.push(this.#stream, note), () => 'a broken stream went on');
        this.counts.broken++;
        return false;
      }
      must(splitter.heldBytes < FRAME_HEADER_BYTES + MOST_BYTES, () => `${splitter.heldBytes} bytes held`);
      at = to;
    }
    if (splitter.heldBytes > 0) this.counts.cutShort++;
    return true;
  }

  #note(bytes: Uint8Array, at: number, length: number): void {
    must(length > 0 && length <= MOST_BYTES && at + length <= bytes.length, () => `${length} bytes at ${at}`);
    this.counts.datagrams++;
    this.#print = mixed(this.#print, length);
    for (let ix = at; ix < at + length; ix += 7) this.#print = mixed(this.#print, bytes[ix]!);
    this.#print = mixed(this.#print, bytes[at + length - 1]!);
  }
}

fuzzRun('frames on a TCP stream', 5_000, (random) => new FramingTarget(random));
