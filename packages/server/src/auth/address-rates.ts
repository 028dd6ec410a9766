import { addressGroup } from './client-address.js';
import { TokenBucket } from './token-bucket.js';

/** How many seconds' worth may come at once. */
const BURST_S = 4;
/** So many groups of addresses are told apart; beyond them the one that asked longest ago is forgotten. */
const MOST_GROUPS = 10_000;

/** How often each group of addresses may ask: `perSecond`, four seconds' worth at once; 0 is without limit. */
export class AddressRates {
  readonly #perSecond: number;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Counts one, and returns 0; or, when it is one too many, after how many milliseconds the next would pass. */
  take(address: string, nowMs: number): number {
    if (this.#perSecond <= 0) return 0;
    const group = addressGroup(address);
    const bucket = this.#buckets.get(group) ?? new TokenBucket(this.#perSecond, this.#perSecond * BURST_S, nowMs);
    // To the end of the order, which is that of forgetting.
    this.#buckets.delete(group);
    this.#buckets.set(group, bucket);
    if (this.#buckets.size > MOST_GROUPS) this.#forgetOldest();
    return bucket.take(nowMs);
  }

  /** Groups that are told apart at the moment. */
  get size(): number {
    return this.#buckets.size;
  }

  #forgetOldest(): void {
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      return;
    }
  }
}
