import { ntpFraction, ntpMiddle, ntpSeconds, type ReportBlock } from '../rtp/index.js';

/** How much of a new measurement goes into the mean, as TCP does it (RFC 6298 §2). */
const GAIN = 1 / 8;

/** No way around the world takes so long: what says so is a lie, or from before a restart. */
const MOST_MS = 30_000;

/** How long a packet takes to a peer and back, by what it says of our sender reports. */
export class RoundTrip {
  #ms = -1;

  /** The mean; -1 before the first measurement. */
  get ms(): number {
    return this.#ms;
  }

  /** Takes what a report block that came at `now` tells: A - LSR - DLSR (RFC 3550 §6.4.1). */
  reported(block: ReportBlock, now: number): void {
    if (block.lastSr === 0) return;
    const nowMiddle = ntpMiddle(ntpSeconds(now), ntpFraction(now));
    const ms = ((nowMiddle - block.lastSr - block.sinceLastSr) | 0) / 65.536;
    // One step of the units less than nothing is rounding.
    if (ms > -1 && ms < MOST_MS) this.measured(Math.max(0, ms));
  }

  measured(ms: number): void {
    this.#ms = this.#ms < 0 ? ms : this.#ms + (ms - this.#ms) * GAIN;
  }
}
