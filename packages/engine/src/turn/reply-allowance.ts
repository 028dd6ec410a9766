import type { Random } from '../ports/index.js';

const BUCKETS = 4_096;
/** An IPv6 subscriber has a network of 64 bits at least. */
const SUBSCRIBER_BYTES = 8;

/** An answer to somebody unproven has at most so many times the bytes of its request, but for a debt that is bounded. */
const FREE_RATIO = 2;
/** How far the answers to an address may be ahead of that, and how much of it is forgotten in a second. */
const MOST_DEBT_BYTES = 256;
const FORGOTTEN_PER_SECOND = 4;

/**
 * How many answers go to addresses that have proved nothing, so that a forged source address is not flooded by us. A fixed
 * number of buckets, chosen by a seeded hash: memory does not grow with the number of addresses, and who shares a bucket
 * with a flood shares its limit.
 */
export class ReplyAllowance {
  readonly #perMs: number;
  readonly #most: number;
  readonly #left: Float64Array;
  readonly #atMs: Float64Array;
  readonly #debt: Float64Array;
  readonly #seed: number;

  /** Up to twice `perSecond` at once. */
  constructor(perSecond: number, random: Random) {
    this.#perMs = perSecond / 1_000;
    this.#most = 2 * perSecond;
    this.#left = new Float64Array(BUCKETS).fill(this.#most);
    this.#atMs = new Float64Array(BUCKETS);
    this.#debt = new Float64Array(BUCKETS);
    this.#seed = random.uint32();
  }

  /** Whether one more answer may go to `host`, and counts it. */
  take(host: Uint8Array, now: number): boolean {
    const ix = this.#refill(host, now);
    if (this.#left[ix]! < 1) return false;
    this.#left[ix]! -= 1;
    return true;
  }

  /**
   * The same for an answer that may be longer than twice its request: a Binding response over IPv6, which has 44 bytes at
   * least, to a request of 20. In the long run no more than twice as much goes out as came in, and 4 bytes a second: one
   * such answer each second, and 64 at once.
   */
  takeBytes(host: Uint8Array, requestBytes: number, answerBytes: number, now: number): boolean {
    const ix = this.#refill(host, now);
    const debt = Math.max(0, this.#debt[ix]! + answerBytes - FREE_RATIO * requestBytes);
    // What came in counts, answered or not.
    if (debt > MOST_DEBT_BYTES) {
      this.#debt[ix] = Math.max(0, this.#debt[ix]! - FREE_RATIO * requestBytes);
      return false;
    }
    if (!this.take(host, now)) return false;
    this.#debt[ix] = debt;
    return true;
  }

  #refill(host: Uint8Array, now: number): number {
    const ix = this.#bucketOf(host);
    const ms = now - this.#atMs[ix]!;
    this.#atMs[ix] = now;
    this.#left[ix] = Math.min(this.#most, this.#left[ix]! + ms * this.#perMs);
    this.#debt[ix] = Math.max(0, this.#debt[ix]! - (ms * FORGOTTEN_PER_SECOND) / 1_000);
    return ix;
  }

  #bucketOf(host: Uint8Array): number {
    let hash = this.#seed;
    const end = Math.min(host.length, SUBSCRIBER_BYTES);
    for (let ix = 0; ix < end; ix++) hash = Math.imul(hash ^ host[ix]!, 0x0100_0193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x21f0_aaad);
    return ((hash ^ (hash >>> 15)) >>> 0) % BUCKETS;
  }
}
