/** Whether a stream flows: `silent` while its sender says that there is nothing to hear, `stalled` when nothing comes. */
export type Flow = 'flowing' | 'silent' | 'stalled';

/**
 * Notices when a stream falls silent, stalls and goes on. A silent one may send as rarely as every 400 ms (RFC 7587
 * §3.1.3, of Opus), which is no stall.
 */
export class FlowWatch {
  readonly #stallMs: number;
  #flow: Flow = 'stalled';
  #told: Flow = 'stalled';
  #arrivedMs = 0;

  /** `stallMs`: after how long without a packet it is stalled. It is from the beginning, until the first packet. */
  constructor(stallMs: number) {
    this.#stallMs = stallMs;
  }

  get flow(): Flow {
    return this.#flow;
  }

  /** When the last packet came; 0 before the first. */
  get arrivedMs(): number {
    return this.#arrivedMs;
  }

  /** When `changed` may have something to tell: 0 for now, infinity while stalled. */
  get nextAtMs(): number {
    return this.#flow === this.#told ? this.#stallsAtMs : 0;
  }

  get #stallsAtMs(): number {
    return this.#flow === 'stalled' ? Number.POSITIVE_INFINITY : this.#arrivedMs + this.#stallMs;
  }

  /** A packet came; `isSilence` when it holds nothing else. */
  received(now: number, isSilence: boolean): void {
    this.#flow = isSilence ? 'silent' : 'flowing';
    this.#arrivedMs = now;
  }

  /** What the stream does now if that is something else than was told last; otherwise null. */
  changed(now: number): Flow | null {
    if (now >= this.#stallsAtMs) this.#flow = 'stalled';
    if (this.#flow === this.#told) return null;
    this.#told = this.#flow;
    return this.#flow;
  }
}
