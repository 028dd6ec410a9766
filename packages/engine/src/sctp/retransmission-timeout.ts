/**
 * RFC 9260 §16 has 1 s, 1 s and 60 s. Over DTLS there is one path, which ICE watches: less waiting does less harm there
 * than a file that stands still for seconds. The least is above the 200 ms for which SACKs may be delayed.
 */
const INITIAL_MS = 1_000;
const LEAST_MS = 400;
const MOST_MS = 10_000;

/** RTO (RFC 9260 §6.3.1): how long nothing may be heard of what was sent. */
export class RetransmissionTimeout {
  #smoothedMs = -1;
  #variationMs = 0;
  #ms = INITIAL_MS;

  get ms(): number {
    return this.#ms;
  }

  /** Smoothed; -1 before the first measurement. */
  get roundTripMs(): number {
    return this.#smoothedMs;
  }

  /** A round trip was measured, of something that was sent once (Karn's rule is the caller's). */
  measured(roundTripMs: number): void {
    if (this.#smoothedMs < 0) {
      this.#smoothedMs = roundTripMs;
      this.#variationMs = roundTripMs / 2;
    } else {
      this.#variationMs += (Math.abs(this.#smoothedMs - roundTripMs) - this.#variationMs) / 4;
      this.#smoothedMs += (roundTripMs - this.#smoothedMs) / 8;
    }
    this.#ms = within(this.#smoothedMs + 4 * this.#variationMs);
  }

  /** A timer has run out: twice as long from now on, until something is measured again (§6.3.3 E2). */
  backOff(): void {
    this.#ms = within(2 * this.#ms);
  }
}

function within(ms: number): number {
  return Math.min(MOST_MS, Math.max(LEAST_MS, ms));
}
