import type { SeededRandom } from '../random/seeded-random.js';

export interface BottleneckOptions {
  readonly random: SeededRandom;
  /** Bits a second that pass. */
  readonly bps: number;
  /** How much the queue in front of it holds, in bytes; what does not fit is lost. */
  readonly queueBytes: number;
  /** How long a packet is under way beyond the queue, and by how much that varies both ways. */
  readonly delayMs?: number;
  readonly jitterMs?: number;
  /** Part of the packets that are lost whatever is sent, from 0 to 1. */
  readonly loss?: number;
}

/**
 * The narrow place of a way, in virtual time: one queue that empties at a rate, behind it delay, jitter that keeps the
 * order, and loss, drawn from a seed. All may be changed at any time.
 */
export class Bottleneck {
  bps: number;
  queueBytes: number;
  delayMs: number;
  jitterMs: number;
  loss: number;
  /** How many packets did not fit into the queue so far. */
  overflows = 0;
  readonly #random: SeededRandom;
  #queuedBytes = 0;
  #atMs = 0;
  #lastArrivalMs = 0;

  constructor({ random, bps, queueBytes, delayMs = 20, jitterMs = 0, loss = 0 }: BottleneckOptions) {
    this.#random = random;
    this.bps = bps;
    this.queueBytes = queueBytes;
    this.delayMs = delayMs;
    this.jitterMs = jitterMs;
    this.loss = loss;
  }

  /** How long a packet would wait in the queue that comes at `now`. */
  waitMs(now: number): number {
    this.#drain(now);
    return (this.#queuedBytes * 8000) / this.bps;
  }

  /** A packet comes at `now`, which never goes back. When it arrives at the other end; null: it is lost. */
  send(bytes: number, now: number): number | null {
    this.#drain(now);
    if (this.#queuedBytes + bytes > this.queueBytes) {
      this.overflows++;
      return null;
    }
    this.#queuedBytes += bytes;
    if (this.#chance() < this.loss) return null;
    const jitterMs = (2 * this.#chance() - 1) * this.jitterMs;
    const arrivalMs = now + this.waitMs(now) + this.delayMs + jitterMs;
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivalMs);
    return this.#lastArrivalMs;
  }

  #drain(now: number): void {
    this.#queuedBytes = Math.max(0, this.#queuedBytes - ((now - this.#atMs) * this.bps) / 8000);
    this.#atMs = now;
  }

  #chance(): number {
    return this.#random.uint32() / 2 ** 32;
  }
}
