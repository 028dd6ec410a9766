import { percentile } from './percentile.mjs';

/**
 * What arrived of one measured phase. Every viewer should see each packet of each stream of its list once: what came
 * again is a duplicate, what did not is lost, and each first arrival has its latency.
 */
export class Arrivals {
  #seen;
  #streams;
  #mostPackets;
  #latencies;
  received = 0;
  duplicates = 0;
  /** Of streams or numbers that nobody sent in this phase. */
  strange = 0;

  constructor({ viewers, streams, mostPackets }) {
    this.#streams = streams;
    this.#mostPackets = mostPackets;
    this.#seen = new Uint8Array(viewers * streams * mostPackets);
    this.#latencies = new Float32Array(this.#seen.length);
  }

  /** Packet `nth` of a stream came to a viewer, all counted from 0. */
  arrived(viewer, stream, nth, latencyMs) {
    const at = (viewer * this.#streams + stream) * this.#mostPackets + nth;
    if (stream >= this.#streams || nth >= this.#mostPackets || at >= this.#seen.length) this.strange++;
    else if (this.#seen[at]++ > 0) this.duplicates++;
    else this.#latencies[this.received++] = latencyMs;
  }

  /** In milliseconds. */
  latency() {
    const sorted = this.#latencies.slice(0, this.received).sort();
    return { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), p99: percentile(sorted, 0.99) };
  }
}
