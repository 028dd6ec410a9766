import type { Reply, RequestName } from '@madang/protocol';
import type { Clock } from '../clock.js';
import { localError } from '../madang-error.js';

/** After so many sendings without an answer a request fails with `timeout`. */
const MOST_SENDINGS = 3;
/** The server remembers as many numbers: of more than these it could not tell which it has carried out already. */
const MOST_UNDERWAY = 64;
/** So often a request may come too fast for the server before that counts as its answer. */
const MOST_PAUSES = 8;
/** Where the server does not say how long to pause, and the longest that it may say. */
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

/** A request, and who waits for the answer. */
export interface OutgoingRequest {
  readonly name: RequestName;
  readonly payload: object;
  readonly settle: (reply: unknown) => void;
  readonly fail: (error: Error) => void;
}

interface Entry extends OutgoingRequest {
  readonly n: number;
  underway: boolean;
  /** Sendings in a row without an answer. */
  sent: number;
  /** Answers that said: too fast. */
  pauses: number;
}

/** Puts a request on the wire. `answered` may never be called: then the socket is lost. */
export type Send = (name: RequestName, payload: object, answered: (reply: unknown) => void) => void;

/**
 * Keeps every request until it is answered, and sends them in the order they were made. Each has a number, increasing
 * through one membership, under which it is repeated after a resume, so that the server carries it out once. Told that
 * it is too fast, it pauses, and then sends one at a time until all are answered.
 */
export class Outbox {
  readonly #clock: Clock;
  readonly #send: Send;
  readonly #entries = new Map<number, Entry>();
  #next = 1;
  #open = false;
  #underway = 0;
  #mostUnderway = MOST_UNDERWAY;
  #pause: { readonly timer: unknown } | undefined;

  constructor(clock: Clock, send: Send) {
    this.#clock = clock;
    this.#send = send;
  }

  add(request: OutgoingRequest): void {
    const entry: Entry = { ...request, n: this.#next, underway: false, sent: 0, pauses: 0 };
    this.#next += 1;
    this.#entries.set(entry.n, entry);
    this.#flush();
  }

  /** The membership is there, on a new socket: sends what waits, and again what was not answered. */
  open(): void {
    this.halt();
    this.#open = true;
    this.#mostUnderway = MOST_UNDERWAY;
    this.#flush();
  }

  /** The socket is gone. Everything waits for `open`. */
  halt(): void {
    this.#open = false;
    this.#endPause();
    this.#underway = 0;
    for (const entry of this.#entries.values()) entry.underway = false;
  }

  /** The membership is over: the numbers of the next start anew, and what waited for this one fails. */
  restart(error: Error): void {
    this.halt();
    const failed = [...this.#entries.values()];
    this.#entries.clear();
    this.#next = 1;
    for (const { fail } of failed) fail(error);
  }

  #flush(): void {
    for (const entry of this.#entries.values()) {
      if (!this.#open || this.#pause !== undefined || this.#underway >= this.#mostUnderway) return;
      if (!entry.underway) this.#sendOut(entry);
    }
  }

  #sendOut(entry: Entry): void {
    if (entry.sent >= MOST_SENDINGS) {
      this.#entries.delete(entry.n);
      entry.fail(localError('timeout'));
      return;
    }
    entry.sent += 1;
    entry.underway = true;
    this.#underway += 1;
    this.#send(entry.name, { n: entry.n, ...entry.payload }, (reply) => this.#onReply(entry, reply));
  }

  #onReply(entry: Entry, reply: unknown): void {
    if (!entry.underway || this.#entries.get(entry.n) !== entry) return;
    entry.underway = false;
    this.#underway -= 1;
    const pauseMs = pauseOf(reply);
    if (pauseMs !== undefined && entry.pauses < MOST_PAUSES) {
      entry.pauses += 1;
      entry.sent = 0;
      this.#slowDown(pauseMs);
      return;
    }
    this.#entries.delete(entry.n);
    if (this.#entries.size === 0) this.#mostUnderway = MOST_UNDERWAY;
    entry.settle(reply);
    this.#flush();
  }

  /** All the others wait too, so that nothing overtakes what was refused; a burst would only be refused again. */
  #slowDown(pauseMs: number): void {
    this.#mostUnderway = 1;
    this.#pause ??= {
      timer: this.#clock.setTimeout(() => {
        this.#pause = undefined;
        this.#flush();
      }, pauseMs),
    };
  }

  #endPause(): void {
    if (this.#pause !== undefined) this.#clock.clearTimeout(this.#pause.timer);
    this.#pause = undefined;
  }
}

/** How long to wait before a request is sent again that came too fast; undefined for any other answer. */
function pauseOf(reply: unknown): number | undefined {
  const answer = reply as Reply;
  if (answer.ok || answer.error.code !== 'rate_limited') return undefined;
  return Math.min(answer.error.retryAfterMs ?? PAUSE_MS, LONGEST_PAUSE_MS);
}
