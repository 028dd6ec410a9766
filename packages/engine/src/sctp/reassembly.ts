import type { InboundPart } from './inbound-data.js';

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
  first: number;
  next: number;
  begins: boolean;
  ends: boolean;
  bytes: number;
  readonly of: InboundPart;
  parts: InboundPart[];
}

export type Reassembled =
  | { readonly type: 'message'; readonly message: InboundMessage }
  | { readonly type: 'waiting' }
  /** Parts of one message that do not belong together, or a message longer than may be. */
  | { readonly type: 'fault'; readonly fault: 'parts' | 'too_long' };

const WAITING: Reassembled = { type: 'waiting' };

/** Puts parts together to messages, whatever order they come in (RFC 9260 §6.9). A TSN comes once: the caller has seen to it. */
export class Reassembly {
  readonly #mostMessageBytes: number;
  /** The same runs by their first TSN, and by the one that would follow. */
  readonly #byFirst = new Map<number, Run>();
  readonly #byNext = new Map<number, Run>();
  #cost = 0;

  constructor(mostMessageBytes: number) {
    this.#mostMessageBytes = mostMessageBytes;
  }

  /** What it keeps. */
  get cost(): number {
    return this.#cost;
  }

  add(part: InboundPart): Reassembled {
    const { tsn, begins, ends, bytes } = part;
    if (begins && ends) return this.#single(part);
    const own: Run = { first: tsn, next: tsn + 1, begins, ends, bytes: bytes.length, of: part, parts: [part] };
    const left = begins ? undefined : this.#byNext.get(tsn);
    const right = ends ? undefined : this.#byFirst.get(tsn + 1);
    if (left?.ends || right?.begins) return { type: 'fault', fault: 'parts' };
    if ((left && !areOne(left.of, part)) || (right && !areOne(right.of, part)))
      return { type: 'fault', fault: 'parts' };
    const length = bytes.length + (left?.bytes ?? 0) + (right?.bytes ?? 0);
    if (length > this.#mostMessageBytes) return { type: 'fault', fault: 'too_long' };
    this.#cost += bytes.length + PER_PART_BYTES;
    const run = this.#join(this.#join(left, own), right);
    if (!run.begins || !run.ends) {
      this.#put(run);
      return WAITING;
    }
    return { type: 'message', message: this.#finish(run) };
  }

  /** Forgets parts of messages that will never be whole: all up to `tsn` (RFC 3758 §3.6). */
  forward(tsn: number): void {
    for (const run of [...this.#byFirst.values()]) {
      // What begins before and goes on behind can't be: a message is given up as a whole.
      if (run.first > tsn) continue;
      this.#takeOut(run);
      this.#cost -= costOf(run);
    }
  }

  #single(part: InboundPart): Reassembled {
    const { streamId, ssn16, ppid, isOrdered, bytes } = part;
    if (bytes.length > this.#mostMessageBytes) return { type: 'fault', fault: 'too_long' };
    const cost = bytes.length + PER_PART_BYTES;
    return { type: 'message', message: { streamId, ssn16, ppid, isOrdered, bytes, cost } };
  }

  #finish(run: Run): InboundMessage {
    const { streamId, ssn16, ppid, isOrdered } = run.of;
    this.#cost -= costOf(run);
    const bytes = joined(run);
    return { streamId, ssn16, ppid, isOrdered, bytes, cost: bytes.length + PER_PART_BYTES };
  }

  /** Takes both out of the tables; the longer list of parts is kept. */
  #join(left: Run | undefined, right: Run | undefined): Run {
    if (left === undefined) return right!;
    if (right === undefined) return left;
    this.#takeOut(left);
    this.#takeOut(right);
    if (right.parts.length === 1) left.parts.push(right.parts[0]!);
    else left.parts = [...left.parts, ...right.parts];
    left.next = right.next;
    left.ends = right.ends;
    left.bytes += right.bytes;
    return left;
  }

  #put(run: Run): void {
    this.#byFirst.set(run.first, run);
    this.#byNext.set(run.next, run);
  }

  #takeOut(run: Run): void {
    if (this.#byFirst.get(run.first) === run) this.#byFirst.delete(run.first);
    if (this.#byNext.get(run.next) === run) this.#byNext.delete(run.next);
  }
}

function joined(run: Run): Uint8Array {
  const whole = new Uint8Array(run.bytes);
  let at = 0;
  for (const { bytes } of run.parts) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

function costOf({ bytes, parts }: Run): number {
  return bytes + parts.length * PER_PART_BYTES;
}

function areOne(a: InboundPart, b: InboundPart): boolean {
  const isSameNumber = !a.isOrdered || a.ssn16 === b.ssn16;
  return a.streamId === b.streamId && a.ppid === b.ppid && a.isOrdered === b.isOrdered && isSameNumber;
}
