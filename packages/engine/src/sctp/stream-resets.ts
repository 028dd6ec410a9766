import { add32, distance32 } from '../bytes/index.js';
import { PARAMETER } from './chunk.js';
import type { DataReceiver } from './data-receiver.js';
import type { DataSender } from './data-sender.js';
import type { Parameter } from './parameters.js';
import {
  type OutgoingReset,
  outgoingReset,
  RESET_RESULT,
  readOutgoingReset,
  readResetResponse,
  resetResponse,
} from './reset-parameters.js';
import type { RetransmissionTimeout } from './retransmission-timeout.js';
import type { SendQueue } from './send-queue.js';

/** Streams of one request: a packet has room for more. */
const MOST_STREAMS = 256;
const NEVER = Number.POSITIVE_INFINITY;

/** What the two ends of an association have of it. */
export interface ResetParts {
  readonly queue: SendQueue;
  readonly sender: DataSender;
  readonly receiver: DataReceiver;
  readonly rto: RetransmissionTimeout;
  readonly inStreams: number;
}

interface Asked extends OutgoingReset {
  sentAtMs: number;
}

/** Resetting streams (RFC 6525), which is how data channels are closed (RFC 8831 §6.7). One request is under way at a time. */
export class StreamResets {
  /** Streams of ours that have begun anew, and of the other side, until the caller has taken them. */
  readonly doneOut: number[] = [];
  readonly doneIn: number[] = [];
  readonly #parts: ResetParts;
  /** Ours that are to be reset and not asked for yet. */
  readonly #wanted = new Set<number>();
  #asked: Asked | null = null;
  #nextRequest: number;
  #retryAtMs = NEVER;
  /** The number of the other side's request that comes next, and what the one before led to. */
  #expected: number;
  #lastResult: number = RESET_RESULT.NOTHING;
  #deferred: OutgoingReset | null = null;
  #replies: Parameter[] = [];

  constructor(parts: ResetParts, ownTsn: number, remoteTsn: number) {
    this.#parts = parts;
    this.#nextRequest = ownTsn;
    this.#expected = remoteTsn;
  }

  get nextAtMs(): number {
    return this.#retryAtMs;
  }

  /** Drops what waits on the stream; it begins anew when what was sent has arrived. */
  want(streamId: number): void {
    this.#parts.queue.pause(streamId);
    this.#wanted.add(streamId);
  }

  /** Takes the parameters of RE-CONFIG; false when one is malformed. */
  receive(parameters: readonly Parameter[], now: number): boolean {
    for (const parameter of parameters.slice(0, 2)) {
      if (parameter.type === PARAMETER.OUTGOING_RESET) {
        const reset = readOutgoingReset(parameter);
        if (reset === null) return false;
        this.#replies.push(resetResponse({ request: reset.request, result: this.#answer(reset) }));
      } else if (parameter.type === PARAMETER.RESET_RESPONSE) {
        const response = readResetResponse(parameter);
        if (response === null) return false;
        this.#hear(response.request, response.result, now);
      }
    }
    if (this.#replies.length > 8) this.#replies = this.#replies.slice(-8);
    return true;
  }

  /** More has come in: a reset that waited for it may be done now. */
  advance(): void {
    if (this.#deferred === null || !this.#isReached(this.#deferred)) return;
    const { request } = this.#deferred;
    this.#perform(this.#deferred);
    this.#replies.push(resetResponse({ request, result: RESET_RESULT.DONE }));
  }

  /** The parameters of a RE-CONFIG that is to be sent now; null without any. */
  take(now: number): Parameter[] | null {
    const [reply] = this.#replies.splice(0, 1);
    if (reply !== undefined) return [reply];
    if (this.#asked === null) this.#ask();
    if (this.#asked === null || now < this.#asked.sentAtMs + this.#parts.rto.ms) return null;
    this.#asked.sentAtMs = now;
    this.#retryAtMs = now + this.#parts.rto.ms;
    return [outgoingReset(this.#asked, add32(this.#expected, -1))];
  }

  #ask(): void {
    const { queue, sender } = this.#parts;
    if (this.#wanted.size === 0) return;
    const streams = [...this.#wanted].filter((id) => !queue.isInside(id) && !sender.isUnderWay(id));
    if (streams.length === 0) return;
    streams.length = Math.min(streams.length, MOST_STREAMS);
    const request = this.#nextRequest;
    this.#nextRequest = add32(request, 1);
    this.#asked = { request, lastTsn: add32(sender.nextTsn, -1), streams, sentAtMs: Number.NEGATIVE_INFINITY };
  }

  #hear(request: number, result: number, now: number): void {
    const asked = this.#asked;
    if (asked === null || asked.request !== request) return;
    if (result === RESET_RESULT.IN_PROGRESS) {
      // Asked again under another number, which both kinds of other sides answer anew.
      this.#asked = { ...asked, request: this.#nextRequest, sentAtMs: now };
      this.#nextRequest = add32(this.#nextRequest, 1);
      this.#retryAtMs = now + this.#parts.rto.ms;
      return;
    }
    // Denied, too: there is nothing more that could be done about it.
    this.#asked = null;
    this.#retryAtMs = NEVER;
    for (const id of asked.streams) {
      this.#parts.queue.reset(id);
      this.#wanted.delete(id);
      this.doneOut.push(id);
    }
  }

  #answer(reset: OutgoingReset): number {
    const isAgain = reset.request === add32(this.#expected, -1);
    if (isAgain && this.#lastResult !== RESET_RESULT.IN_PROGRESS) return this.#lastResult;
    if (!isAgain && reset.request !== this.#expected) return RESET_RESULT.WRONG_NUMBER;
    this.#expected = add32(reset.request, 1);
    if (reset.streams.length > MOST_STREAMS || reset.streams.some((id) => id >= this.#parts.inStreams)) {
      this.#lastResult = RESET_RESULT.DENIED;
    } else if (this.#isReached(reset)) this.#perform(reset);
    else {
      this.#deferred = reset;
      this.#lastResult = RESET_RESULT.IN_PROGRESS;
    }
    return this.#lastResult;
  }

  #isReached({ lastTsn }: OutgoingReset): boolean {
    return distance32(lastTsn, this.#parts.receiver.cumulative >>> 0) >= 0;
  }

  #perform({ streams }: OutgoingReset): void {
    this.#deferred = null;
    this.#lastResult = RESET_RESULT.DONE;
    const all = streams.length > 0 ? streams : Array.from({ length: this.#parts.inStreams }, (_, id) => id);
    for (const id of all) {
      this.#parts.receiver.reset(id);
      this.doneIn.push(id);
    }
  }
}
