import { add32 } from '../bytes/index.js';
import { ntpMiddle, ntpToMs, type ReportBlock, type SenderInfo } from '../rtp/index.js';
import type { SenderClock } from './sender-clock.js';

/**
 * The clock of one stream by its sender reports: what its timestamps say at a time of ours, for the reports that viewers
 * get, and what a receiver report has to say of the last one.
 */
export class RtpClock {
  readonly #ticksPerMs: number;
  readonly #senderClock: SenderClock;
  #senderMs = 0;
  #rtpTs = 0;
  #lastSr = 0;
  #arrivedMs = -1;

  /** `senderClock` is that of the whole sender. */
  constructor(clockHz: number, senderClock: SenderClock) {
    this.#ticksPerMs = clockHz / 1000;
    this.#senderClock = senderClock;
  }

  /** A sender report of the stream came. */
  reported(info: SenderInfo, now: number): void {
    this.#senderMs = ntpToMs(info.ntpSeconds, info.ntpFraction);
    this.#rtpTs = info.rtpTs;
    this.#lastSr = ntpMiddle(info.ntpSeconds, info.ntpFraction);
    this.#arrivedMs = now;
    this.#senderClock.reported(this.#senderMs, now);
  }

  /** The timestamp of what is captured at `now`, from 0 to 2^32 - 1; -1 before the first report. */
  rtpTsAt(now: number): number {
    if (this.#arrivedMs < 0) return -1;
    const elapsedMs = now - this.#senderClock.toOurs(this.#senderMs);
    return add32(this.#rtpTs, Math.round(elapsedMs * this.#ticksPerMs));
  }

  /** Fills in LSR and DLSR (RFC 3550 §6.4.1). */
  report(block: ReportBlock, now: number): void {
    const isKnown = this.#arrivedMs >= 0;
    block.lastSr = isKnown ? this.#lastSr : 0;
    block.sinceLastSr = isKnown ? Math.round((now - this.#arrivedMs) * 65.536) >>> 0 : 0;
  }
}
