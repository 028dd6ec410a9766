import type { BlockPool } from './block-pool.js';
import { ByteChain } from './byte-chain.js';
import type { InboundData } from './inbound-data.js';

/** What a part costs besides its bytes: a rain of tiny ones has a bound, too. */
export const PER_PART_BYTES = 96;

/** A message whose parts are all there. */
export interface InboundMessage {
  readonly streamId: number;
  readonly ssn16: number;
  readonly ppid: number;
  readonly isOrdered: boolean;
  readonly bytes: Uint8Array;
  /** What it took, as long as it is kept. */
  readonly cost: number;
}

/** Parts of one message that follow each other without a gap. */
interface Run {
  readonly streamId: number;
  readonly ssn16: number;
  readonly ppid: number;
  readonly isOrdered: boolean;
  readonly first: number;
  next: number;
  readonly begins: boolean;
  ends: boolean;
  parts: number;
  readonly bytes: ByteChain;
}

export type Reassembled =
  | { readonly type: 'message'; readonly message: InboundMessage }
  | { readonly type: 'waiting' }
  /** Parts of one message that do not belong together, or a message longer than may be. */
  | { readonly type: 'fault'; readonly fault: 'parts' | 'too_long' };

const WAITING: Reassembled = { type: 'waiting' };
const NO_MESSAGE: Reassembled = { type: 'fault', fault: 'parts' };
const TOO_LONG: Reassembled = { type: 'fault', fault: 'too_long' };

/** Puts parts together to messages, whatever order they come in (RFC 9260 §6.9). A TSN comes once: the caller has seen to it. */
export class Reassembly {
  readonly #mostMessageBytes: number;
  readonly #pool: BlockPool;
  /** The same runs by their first TSN, and by the one that would follow. */
  readonly #byFirst = new Map<number, Run>();
  readonly #byNext = new Map<number, Run>();
  #cost = 0;

  constructor(mostMessageBytes: number, pool: BlockPool) {
    this.#mostMessageBytes = mostMessageBytes;
    this.#pool = pool;
  }

  /** What it keeps. */
  get cost(): number {
    return this.#cost;
  }

  /** Copies a part. `tsn` goes on past 2^32. */
  add(tsn: number, data: InboundData): Reassembled {
    const { begins, ends, length } = data;
    if (begins && ends) return this.#single(data);
    const left = begins ? undefined : this.#byNext.get(tsn);
    const right = ends ? undefined : this.#byFirst.get(tsn + 1);
    if (left?.ends || right?.begins) return NO_MESSAGE;
    if ((left && !isPartOf(left, data)) || (right && !isPartOf(right, data))) return NO_MESSAGE;
    const whole = length + (left?.bytes.length ?? 0) + (right?.bytes.length ?? 0);
    if (whole > this.#mostMessageBytes) return TOO_LONG;
    this.#cost += length + PER_PART_BYTES;
    const run = left === undefined ? this.#begin(tsn, data) : this.#append(left, data);
    if (right !== undefined) this.#join(run, right);
    if (run.begins && run.ends) return { type: 'message', message: this.#finish(run) };
    this.#byNext.set(run.next, run);
    return WAITING;
  }

  /** Forgets parts of messages that will never be whole: all up to `tsn` (RFC 3758 §3.6). */
  forward(tsn: number): void {
    for (const run of [...this.#byFirst.values()]) {
      // What begins before and goes on behind can't be: a message is given up as a whole.
      if (run.first > tsn) continue;
      this.#byFirst.delete(run.first);
      this.#byNext.delete(run.next);
      this.#cost -= costOf(run);
      run.bytes.drop();
    }
  }

  #single(data: InboundData): Reassembled {
    const { streamId, ssn16, ppid, isOrdered, at, length } = data;
    if (length > this.#mostMessageBytes) return TOO_LONG;
    const bytes = data.bytes.slice(at, at + length);
    return {
      type: 'message',
      message: { streamId, ssn16, ppid, isOrdered, bytes, cost: length + PER_PART_BYTES },
    };
  }

  #begin(tsn: number, data: InboundData): Run {
    const { streamId, ssn16, ppid, isOrdered, begins, ends } = data;
    const bytes = new ByteChain(this.#pool, data.bytes, data.at, data.length);
    const run = { streamId, ssn16, ppid, isOrdered, first: tsn, next: tsn + 1, begins, ends, parts: 1, bytes };
    this.#byFirst.set(tsn, run);
    return run;
  }

  #append(run: Run, data: InboundData): Run {
    this.#byNext.delete(run.next);
    run.bytes.append(data.bytes, data.at, data.length);
    run.next++;
    run.parts++;
    run.ends = data.ends;
    return run;
  }

  #join(run: Run, right: Run): void {
    this.#byFirst.delete(right.first);
    this.#byNext.delete(right.next);
    run.bytes.join(right.bytes);
    run.next = right.next;
    run.parts += right.parts;
    run.ends = right.ends;
  }

  #finish(run: Run): InboundMessage {
    const { streamId, ssn16, ppid, isOrdered } = run;
    this.#byFirst.delete(run.first);
    this.#cost -= costOf(run);
    const bytes = run.bytes.take();
    return { streamId, ssn16, ppid, isOrdered, bytes, cost: bytes.length + PER_PART_BYTES };
  }
}

function costOf({ bytes, parts }: Run): number {
  return bytes.length + parts * PER_PART_BYTES;
}

function isPartOf(run: Run, part: InboundData): boolean {
  const isSameNumber = !part.isOrdered || run.ssn16 === part.ssn16;
  return run.streamId === part.streamId && run.ppid === part.ppid && run.isOrdered === part.isOrdered && isSameNumber;
}
