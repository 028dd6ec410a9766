import type { RequestName } from '@madang/protocol';

/** A request that was made and not yet answered. */
export interface OutgoingRequest {
  readonly n: number;
  readonly name: RequestName;
  readonly payload: object;
  readonly settle: (reply: unknown) => void;
  readonly fail: (error: Error) => void;
  /** How often it was sent. */
  sent: number;
}

/**
 * Keeps every request until it is acknowledged. Each has a number, increasing through one membership, under which it is
 * repeated after a resume, so that the server carries it out once.
 */
export class Outbox {
  #next = 1;
  readonly #waiting = new Map<number, OutgoingRequest>();

  add(request: Pick<OutgoingRequest, 'name' | 'payload' | 'settle' | 'fail'>): OutgoingRequest {
    const entry: OutgoingRequest = { ...request, n: this.#next, sent: 0 };
    this.#next += 1;
    this.#waiting.set(entry.n, entry);
    return entry;
  }

  has(n: number): boolean {
    return this.#waiting.has(n);
  }

  remove(n: number): void {
    this.#waiting.delete(n);
  }

  /** In the order they were made. */
  waiting(): OutgoingRequest[] {
    return [...this.#waiting.values()];
  }

  /** A new membership begins: its numbers start anew, and what waited for the old one fails. */
  restart(error: Error): void {
    const failed = this.waiting();
    this.#waiting.clear();
    this.#next = 1;
    for (const request of failed) request.fail(error);
  }
}
