import { OVERHEAD_BYTES } from '../bwe/index.js';

const BUCKETS = 10;
const BUCKET_MS = 100;
const SPATIAL = 4;
const TEMPORAL = 4;
const LAYERS = SPATIAL * TEMPORAL;

/**
 * How many bits a second each layer of a stream takes on the way to a viewer, over the last second in tenths. A packet costs
 * an addition; what is read is remembered for a tenth of a second.
 */
export class LayerRates {
  readonly #bytes = new Float64Array(BUCKETS * LAYERS);
  readonly #sums = new Float64Array(LAYERS);
  /** In tenths of a second; of the newest packet, and of what is in the sums. */
  #at = -1;
  #summedAt = -1;

  /** A packet of a layer; -1 of none in particular, which is for everybody. */
  add(payloadBytes: number, spatialId: number, temporalId: number, now: number): void {
    const at = Math.floor(now / BUCKET_MS);
    if (at !== this.#at) this.#advance(at);
    const layer =
      Math.max(0, Math.min(spatialId, SPATIAL - 1)) * TEMPORAL + Math.max(0, Math.min(temporalId, TEMPORAL - 1));
    this.#bytes[(this.#at % BUCKETS) * LAYERS + layer]! += payloadBytes + OVERHEAD_BYTES;
  }

  /** Of all layers up to these, in bits a second; too little during the first second. */
  bps(spatial: number, temporal: number, now: number): number {
    const at = Math.floor(now / BUCKET_MS);
    if (at !== this.#at) this.#advance(at);
    if (this.#summedAt !== this.#at) this.#sum();
    let bytes = 0;
    for (let s = 0; s <= Math.min(spatial, SPATIAL - 1); s++) {
      for (let t = 0; t <= Math.min(temporal, TEMPORAL - 1); t++) bytes += this.#sums[s * TEMPORAL + t]!;
    }
    return bytes * 8;
  }

  /** The highest temporal layer that anything came of in the last second, within the lowest spatial one. */
  topTemporal(now: number): number {
    let top = TEMPORAL - 1;
    while (top > 0 && this.bps(0, top, now) === this.bps(0, top - 1, now)) top--;
    return top;
  }

  #advance(at: number): void {
    if (at - this.#at >= BUCKETS) this.#bytes.fill(0);
    for (let bucket = Math.max(this.#at + 1, at - BUCKETS + 1); bucket <= at; bucket++) {
      const begin = (bucket % BUCKETS) * LAYERS;
      this.#bytes.fill(0, begin, begin + LAYERS);
    }
    this.#at = Math.max(this.#at, at);
  }

  #sum(): void {
    this.#summedAt = this.#at;
    this.#sums.fill(0);
    for (let ix = 0; ix < this.#bytes.length; ix++) this.#sums[ix % LAYERS]! += this.#bytes[ix]!;
  }
}
