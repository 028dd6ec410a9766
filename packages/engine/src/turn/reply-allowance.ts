import type { Random } from '../ports/index.js';

const BUCKETS = 4_096;
/** An IPv6 subscriber has a network of 64 bits at least. */
const SUBSCRIBER_BYTES = 8;

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
  readonly #seed: number;

  /** Up to twice `perSecond` at once. */
  constructor(perSecond: number, random: Random) {
    this.#perMs = perSecond / 1_000;
    this.#most = 2 * perSecond;
    this.#left = new Float64Array(BUCKETS).fill(this.#most);
    this.#atMs = new Float64Array(BUCKETS);
    this.#seed = random.uint32();
  }

  /** Whether one more answer may go to `host`, and counts it. */
  take(host: Uint8Array, now: number): boolean {
    const ix = this.#bucketOf(host);
    const left = Math.min(this.#most, this.#left[ix]! + (now - this.#atMs[ix]!) * this.#perMs);
    this.#atMs[ix] = now;
    this.#left[ix] = left >= 1 ? left - 1 : left;
    return left >= 1;
  }

  #bucketOf(host: Uint8Array): number {
    let hash = this.#seed;
    const end = Math.min(host.length, SUBSCRIBER_BYTES);
    for (let ix = 0; ix < end; ix++) hash = Math.imul(hash ^ host[ix]!, 0x0100_0193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x21f0_aaad);
    return ((hash ^ (hash >>> 15)) >>> 0) % BUCKETS;
  }
}
