import { add32, distance32 } from '../bytes/index.js';
import type { RtpClock } from '../stream/index.js';

/** A source whose reports put it further ahead of its packets' arrival than this is not believed. */
const MOST_AHEAD_MS = 1000;

/**
 * The timestamps that one viewer sees of one subscription: one clock, whatever sources it shows. A source is joined by the
 * sender reports of both where there are any, so that pictures taken at one time have one timestamp; otherwise by arrival.
 */
export class Timeline {
  /** What is added to timestamps of the source that is shown now; signed, 32 bits. */
  offset = 0;
  readonly #ticksPerMs: number;
  readonly #leastStep: number;
  #clock: RtpClock | null = null;
  /** The newest timestamp sent, and when; signed. */
  #ts: number;
  #atMs = -1;

  /** `firstTs` is where it begins, `leastStepMs` how far apart the last packet of one source and the next's first are. */
  constructor(clockHz: number, firstTs: number, leastStepMs: number) {
    this.#ticksPerMs = clockHz / 1000;
    this.#leastStep = leastStepMs * this.#ticksPerMs;
    this.#ts = firstTs | 0;
  }

  /** From now on packets of another source are sent, or of the same again; the first has `rtpTs`. */
  join(clock: RtpClock, rtpTs: number, now: number): void {
    const firstTs = this.#firstTs(clock, rtpTs, now);
    this.offset = (firstTs - rtpTs) | 0;
    this.#clock = clock;
  }

  #firstTs(clock: RtpClock, rtpTs: number, now: number): number {
    if (this.#atMs < 0) return this.#ts;
    const elapsed = Math.round((now - this.#atMs) * this.#ticksPerMs);
    const most = elapsed + MOST_AHEAD_MS * this.#ticksPerMs;
    const step = this.#stepByClocks(clock, rtpTs, now);
    const isBelieved = step > -MOST_AHEAD_MS * this.#ticksPerMs && step < most;
    return this.#ts + Math.max(this.#leastStep, isBelieved ? step : elapsed);
  }

  /** How far the first packet lies behind the newest sent, by what is known of both clocks; NaN when too little is. */
  #stepByClocks(clock: RtpClock, rtpTs: number, now: number): number {
    if (this.#clock === clock) return distance32(this.#ts, rtpTs + this.offset);
    const [before, after] = [this.#clock?.rtpTsAt(now) ?? -1, clock.rtpTsAt(now)];
    if (before < 0 || after < 0) return Number.NaN;
    return distance32(this.#ts, before + this.offset + (rtpTs - after));
  }

  /** A packet was sent with `ts`, signed. Never allocates. */
  sent(ts: number, now: number): void {
    if (((ts - this.#ts) | 0) <= 0 && this.#atMs >= 0) return;
    this.#ts = ts;
    this.#atMs = now;
  }

  /** The newest timestamp sent, signed. */
  get ts(): number {
    return this.#ts;
  }

  /** What is captured at `now` has this timestamp, from 0 to 2^32 - 1; for sender reports. */
  rtpTsAt(now: number): number {
    const known = this.#clock?.rtpTsAt(now) ?? -1;
    if (known >= 0) return add32(known, this.offset);
    return add32(this.#ts, Math.round((now - this.#atMs) * this.#ticksPerMs));
  }
}
