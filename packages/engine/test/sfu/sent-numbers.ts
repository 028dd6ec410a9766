import { distance16 } from '../../src/bytes/index.js';

/**
 * Which numbers of each stream were sent under one key. SRTP counts them to 2^48 (RFC 3711 §3.3.1): the one nearest to the
 * highest so far is meant, and none may come twice, for a cipher that is given one twice is broken.
 */
export class SentNumbers {
  readonly #streams = new Map<number, { highest: number; readonly used: Float64Array }>();

  get streams(): number {
    return this.#streams.size;
  }

  /** Whether the number is new to its stream. From now on it is used. */
  use(ssrc: number, seq16: number): boolean {
    const stream = this.#streams.get(ssrc) ?? { highest: 0x1_0000 + seq16, used: new Float64Array(0x1_0000) };
    this.#streams.set(ssrc, stream);
    const steps = (distance16(stream.highest & 0xffff, seq16) << 16) >> 16;
    const number = stream.highest + steps;
    if (stream.used[seq16] === number) return false;
    stream.used[seq16] = number;
    stream.highest = Math.max(stream.highest, number);
    return true;
  }
}
