import { distance32 } from '../bytes/index.js';

/** How much of a new difference goes into the mean (RFC 3550 §6.4.1). */
const GAIN = 1 / 16;

/** How unevenly the packets of one stream arrive (RFC 3550 §6.4.1, A.8). Timestamps may wrap. */
export class Jitter {
  readonly #ticksPerMs: number;
  #arrivedMs = -1;
  #rtpTs = 0;
  #jitterTs = 0;

  constructor(clockHz: number) {
    this.#ticksPerMs = clockHz / 1000;
  }

  /** The mean deviation in units of the stream's clock, rounded down as reports want it. */
  get ts(): number {
    return Math.floor(this.#jitterTs);
  }

  get ms(): number {
    return this.#jitterTs / this.#ticksPerMs;
  }

  /** `rtpTs` may be signed or not: only differences count. */
  received(rtpTs: number, now: number): void {
    if (this.#arrivedMs >= 0) {
      const spreadTs = (now - this.#arrivedMs) * this.#ticksPerMs - distance32(this.#rtpTs, rtpTs);
      this.#jitterTs += (Math.abs(spreadTs) - this.#jitterTs) * GAIN;
    }
    this.#arrivedMs = now;
    this.#rtpTs = rtpTs;
  }

  /** Measures anew from the next packet on: after a pause of the sender, or a jump of its timestamps. */
  restart(): void {
    this.#arrivedMs = -1;
  }
}
