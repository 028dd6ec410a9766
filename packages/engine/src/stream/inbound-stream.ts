import { distance16, ExtendedSequence } from '../bytes/index.js';
import type { ReportBlock, SenderInfo } from '../rtp/index.js';
import { Jitter } from './jitter.js';
import { LossRegister } from './loss-register.js';
import { NackRegister } from './nack-register.js';
import { RtpClock } from './rtp-clock.js';
import { SEEN, SeenWindow } from './seen-window.js';
import type { SenderClock } from './sender-clock.js';

/** How many packets back a duplicate is known. */
const WINDOW = 2048;
const MOST_MISSING = 512;

export interface InboundStreamOptions {
  readonly ssrc: number;
  readonly clockHz: number;
  /** Whether lost packets are asked for: only where NACK was negotiated. */
  readonly asksAgain: boolean;
  readonly senderClock: SenderClock;
}

/** What came of one SSRC of a publisher: what is new, what is missing, and what to report. */
export class InboundStream {
  readonly ssrc: number;
  readonly clock: RtpClock;
  /** Null where lost packets are not asked for. */
  readonly nacks: NackRegister | null;
  readonly #sequence = new ExtendedSequence();
  readonly #seen = new SeenWindow(WINDOW);
  readonly #loss = new LossRegister();
  readonly #jitter: Jitter;

  constructor(options: InboundStreamOptions) {
    this.ssrc = options.ssrc;
    this.clock = new RtpClock(options.clockHz, options.senderClock);
    this.nacks = options.asksAgain ? new NackRegister(MOST_MISSING) : null;
    this.#jitter = new Jitter(options.clockHz);
  }

  /**
   * A packet came. Returns its extended sequence number; -1 for one to drop: a duplicate, one too late to be known, or the
   * first after a jump, which is not believed before a second follows it (RFC 3550 A.1). `rtpTs` may be signed or not.
   * Never allocates.
   */
  received(seq16: number, rtpTs: number, now: number): number {
    const late = this.#extendLate(seq16);
    const extended = late >= 0 && this.nacks?.has(late) ? late : (this.#sequence.extend(seq16) ?? -1);
    if (extended < 0 || this.#seen.see(extended) !== SEEN.NEW) return -1;
    this.#loss.received(extended);
    this.#jitter.received(rtpTs, now);
    this.nacks?.received(extended, now);
    return extended;
  }

  /**
   * The same for one that came by retransmission on another SSRC: it says nothing of loss and jitter, which the sender
   * wants to know of the way as it is. -1, too, when it is newer than all that came as such.
   */
  recovered(seq16: number, now: number): number {
    const extended = this.#extendLate(seq16);
    if (extended < 0 || this.#seen.see(extended) !== SEEN.NEW) return -1;
    this.nacks?.received(extended, now);
    return extended;
  }

  /**
   * What a packet is that was sent before the newest: one that was asked for may be later than any that was merely
   * overtaken. -1 when it is none.
   */
  #extendLate(seq16: number): number {
    const { highest } = this.#sequence;
    const steps = distance16(highest & 0xffff, seq16);
    return highest >= 0 && steps < 0 ? highest + steps : -1;
  }

  /** How many packets did not come on their way; retransmissions make up for them, but do not undo it. */
  get lost(): number {
    return this.#loss.lost;
  }

  get jitterMs(): number {
    return this.#jitter.ms;
  }

  /** A sender report of the stream came. */
  reported(info: SenderInfo, now: number): void {
    this.clock.reported(info, now);
  }

  /** Fills in a block for a receiver report that is sent at `now`. */
  report(block: ReportBlock, now: number): void {
    block.ssrc = this.ssrc;
    this.#loss.report(block);
    block.jitterTs = this.#jitter.ts;
    this.clock.report(block, now);
  }
}
