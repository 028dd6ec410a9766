import { TokenBucket } from '../auth/index.js';

/** `wait`: refuse it, with the time after which the next would pass. `abuse`: end the connection. */
export type Admission =
  | { readonly kind: 'pass' }
  | { readonly kind: 'wait'; readonly retryAfterMs: number }
  | { readonly kind: 'abuse' };

const PASS: Admission = { kind: 'pass' };
const ABUSE: Admission = { kind: 'abuse' };

/** How many seconds' worth of messages may come at once. */
const BURST_S = 4;

/**
 * How much one connection may say: `perSecond` messages, four seconds' worth at once; 0 is without limit. Refused
 * messages have a budget of the same size: a client a little too fast is only refused, one that goes on at more than
 * twice the rate uses that up as well and is an abuser.
 */
export class MessageBudget {
  readonly #messages: TokenBucket | undefined;
  readonly #refusals: TokenBucket | undefined;

  constructor(perSecond: number, nowMs: number) {
    if (perSecond <= 0) return;
    const capacity = Math.max(1, perSecond * BURST_S);
    this.#messages = new TokenBucket(perSecond, capacity, nowMs);
    this.#refusals = new TokenBucket(perSecond, capacity, nowMs);
  }

  /** `count`: as how many messages it counts. */
  admit(nowMs: number, count = 1): Admission {
    const retryAfterMs = this.#messages?.take(nowMs, count) ?? 0;
    if (retryAfterMs === 0) return PASS;
    return this.#refusals?.take(nowMs) === 0 ? { kind: 'wait', retryAfterMs } : ABUSE;
  }
}
