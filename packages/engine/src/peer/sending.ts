import { Bandwidth } from '../bwe/index.js';
import type { ReportBlock } from '../rtp/index.js';
import { RoundTrip } from '../stream/index.js';
import type { SentStream } from './sent-stream.js';

/** One stream that a peer is sent, and what it says of it. */
export interface SentEntry {
  readonly stream: SentStream;
  firSeq8: number;
  /** From the last report: of 256, and in the units of the stream's clock. */
  fractionLost: number;
  jitterTs: number;
  nacks: number;
  keyframeRequests: number;
}

/** More than any room shows one viewer; what a peer says of others costs one lookup. */
const MOST_STREAMS = 512;

/** What one peer is sent, by SSRC, and how it says that it arrives. */
export class Sending {
  readonly #entries = new Map<number, SentEntry>();
  readonly roundTrip = new RoundTrip();
  /** How many bits a second it takes; its packets get their transport-wide numbers there. */
  readonly bandwidth = new Bandwidth();

  get entries(): Iterable<SentEntry> {
    return this.#entries.values();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Its reports are heard from now on. False when there are too many. */
  add(stream: SentStream): boolean {
    if (this.#entries.size >= MOST_STREAMS && !this.#entries.has(stream.ssrc)) return false;
    this.#entries.set(stream.ssrc, {
      stream,
      firSeq8: -1,
      fractionLost: 0,
      jitterTs: 0,
      nacks: 0,
      keyframeRequests: 0,
    });
    return true;
  }

  remove(stream: SentStream): void {
    if (this.#entries.get(stream.ssrc)?.stream === stream) this.#entries.delete(stream.ssrc);
  }

  /** `ssrc` unsigned. Null for what the peer is not sent: it may say of others what it likes. */
  entryOf(ssrc: number): SentEntry | null {
    return this.#entries.get(ssrc) ?? null;
  }

  /** A report block on one of the streams came. */
  reported(entry: SentEntry, block: ReportBlock, now: number): void {
    this.roundTrip.reported(block, now);
    entry.fractionLost = block.fractionLost;
    entry.jitterTs = block.jitterTs;
    entry.stream.reported(block, now);
  }
}
