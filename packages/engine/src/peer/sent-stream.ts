import type { TxTable } from '../ports/index.js';
import type { ReportBlock, SenderInfo } from '../rtp/index.js';

/**
 * A stream that somebody sends through a peer, and what the peer's reports say of it. Implemented by whoever writes its
 * rows; all but `report` come from the network and may be lies.
 */
export interface SentStream {
  /** From 0 to 2^32 - 1. */
  readonly ssrc: number;
  readonly cname: string;
  /** Fills in a sender report for `now`; false when nothing was sent yet. */
  report(info: SenderInfo, now: number): boolean;
  /** The viewer lacks the first `count` packets of `lost`: send what is allowed again, into `tx`. */
  asked(lost: Uint16Array, count: number, now: number, tx: TxTable): void;
  /** The viewer cannot go on without a keyframe. */
  wantsKeyframe(now: number): void;
  /** How the stream arrives there. One object serves all reports. */
  reported(block: ReportBlock, now: number): void;
}
