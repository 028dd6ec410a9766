/** A sender's clock is taken to go wrong by at most so much: 500 parts in a million. */
const MOST_DRIFT = 0.0005;

/**
 * What a sender's clock shows at a time of ours, by its sender reports. All streams of one sender share one, so that sound
 * and picture stay together. A report is late by as much as it waited on its way, so that the least delay is believed,
 * slowly rising in case the clock runs slow.
 */
export class SenderClock {
  #offsetMs = 0;
  #updatedMs = -1;

  /** Whether any report has come. */
  get isKnown(): boolean {
    return this.#updatedMs >= 0;
  }

  /** A report came at `now` that was made when the sender's clock showed `senderMs`. */
  reported(senderMs: number, now: number): void {
    const offsetMs = now - senderMs;
    // Seconds apart is no drift: somebody has set the clock.
    const isSet = Math.abs(offsetMs - this.#offsetMs) > 1000;
    if (!this.isKnown || isSet || offsetMs < this.#offsetMs) this.#offsetMs = offsetMs;
    else this.#offsetMs = Math.min(offsetMs, this.#offsetMs + (now - this.#updatedMs) * MOST_DRIFT);
    this.#updatedMs = now;
  }

  /** What our clock shows when the sender's shows `senderMs`. */
  toOurs(senderMs: number): number {
    return senderMs + this.#offsetMs;
  }
}
