import type { SeededRandom } from '@madang/testkit';

/** Bytes around the input that are its neighbours' in a slab, and not to be read. */
const MARGIN = 64;
const MOST_BYTES = 1500;
const BOUNDARIES = Uint8Array.of(0x00, 0x01, 0x7f, 0x80, 0x81, 0xbe, 0xde, 0xfe, 0xff, 0x10, 0x0f, 0xc0);

/**
 * Makes inputs out of seeds in one buffer: right ones, such with a few bytes changed, cut out, doubled, put elsewhere or
 * taken from another seed, and plain noise. What parsers took is kept as seeds beside the given ones, so that changes add
 * up. Nothing is allocated per input.
 */
export class Mutator {
  /** The input: `length` bytes at `at`. */
  readonly bytes = new Uint8Array(MARGIN + MOST_BYTES + MARGIN);
  readonly at = MARGIN;
  length = 0;
  readonly random: SeededRandom;
  readonly #seeds: readonly Uint8Array[];
  readonly #kept: Uint8Array[] = [];
  #keepAt = 0;

  /** `keeps`: how many inputs may be kept as seeds. */
  constructor(random: SeededRandom, seeds: readonly Uint8Array[], keeps = 64) {
    this.random = random;
    this.#seeds = seeds;
    for (let ix = 0; ix < keeps; ix++) this.#kept.push(seeds[ix % seeds.length]!);
  }

  /** Makes the next input. */
  next(): void {
    const { random } = this;
    if (random.chance(0.02)) this.#noise();
    else this.#changeSeed();
  }

  #changeSeed(): void {
    const { random } = this;
    const seed = this.#seed();
    this.length = Math.min(seed.length, MOST_BYTES);
    for (let ix = 0; ix < this.length; ix++) this.bytes[this.at + ix] = seed[ix]!;
    if (random.chance(0.05)) return;
    for (let count = 1 + random.below(5); count > 0; count--) this.#change();
  }

  /** Keeps the input as a seed in the place of another one. To be called now and then: it copies. */
  keep(): void {
    if (this.length > 300) return;
    this.#kept[this.#keepAt] = this.bytes.slice(this.at, this.at + this.length);
    this.#keepAt = (this.#keepAt + 1) % this.#kept.length;
  }

  /** Changes what stands around the input. Whoever reads the input alone reads the same again. */
  shake(): void {
    const end = this.at + this.length;
    const word = this.random.uint32();
    for (let ix = 0; ix < MARGIN; ix++) {
      this.bytes[ix] = word >>> (ix & 15);
      this.bytes[end + ix] = word >>> ((ix * 7) & 15);
    }
  }

  #seed(): Uint8Array {
    const { random } = this;
    return random.chance(0.5) ? random.pick(this.#seeds) : random.pick(this.#kept);
  }

  #noise(): void {
    const { random } = this;
    this.length = random.below(random.chance(0.9) ? 64 : MOST_BYTES);
    for (let ix = 0; ix < this.length; ix++) this.bytes[this.at + ix] = random.uint32();
  }

  #change(): void {
    const { random } = this;
    const place = this.at + random.below(this.length + 1);
    const way = random.below(9);
    if (way === 0) this.#put(place, random.uint32());
    else if (way === 1) this.#put(place, this.bytes[place]! ^ (1 << random.below(8)));
    else if (way === 2) this.#put(place, BOUNDARIES[random.below(BOUNDARIES.length)]!);
    else if (way === 3) this.#put(place, this.bytes[place]! + (random.chance(0.5) ? 1 : -1));
    else if (way === 4) this.length = place - this.at;
    else if (way === 5) this.#leaveOut(place, random.below(16));
    else if (way === 6) this.#insert(place, random.below(16));
    else if (way === 7) this.#copyInside(place);
    else this.#splice(place);
  }

  #put(place: number, byte: number): void {
    if (place < this.at + this.length) this.bytes[place] = byte;
  }

  #leaveOut(place: number, count: number): void {
    const end = this.at + this.length;
    const from = Math.min(end, place + count);
    this.bytes.copyWithin(place, from, end);
    this.length -= from - place;
  }

  #insert(place: number, count: number): void {
    if (this.length + count > MOST_BYTES) return;
    this.bytes.copyWithin(place + count, place, this.at + this.length);
    const byte = this.random.uint32();
    for (let ix = 0; ix < count; ix++) this.bytes[place + ix] = byte >>> (ix & 7);
    this.length += count;
  }

  #copyInside(place: number): void {
    const from = this.at + this.random.below(this.length + 1);
    const count = Math.min(this.random.below(32), this.at + this.length - Math.max(from, place));
    this.bytes.copyWithin(place, from, from + count);
  }

  /** What follows is another seed's. */
  #splice(place: number): void {
    const seed = this.#seed();
    let from = this.random.below(seed.length + 1);
    let to = place;
    for (; from < seed.length && to < this.at + MOST_BYTES; from++, to++) this.bytes[to] = seed[from]!;
    this.length = to - this.at;
  }
}
