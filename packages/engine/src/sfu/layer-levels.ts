import { type LayerWish, layersWithin } from './layer-choice.js';
import { TOP_LAYER } from './media-packet.js';
import type { Source } from './source.js';

/** One step of what a viewer can be sent of a publication. */
export interface Level {
  /** The encoding of a simulcast, or the spatial layer of a scalable stream. */
  readonly layer: number;
  readonly temporal: number;
  /** On the wire, in bits a second. */
  readonly bps: number;
}

/**
 * The steps between the least and the most of a publication that is allowed by a wish, and flows: temporal layers of the
 * lowest quality one by one, then the qualities. Each takes more than the one before.
 */
export function layerLevels(sources: readonly Source[], wish: LayerWish, now: number): Level[] {
  const levels: Level[] = [];
  const most = wish.maxTemporal ?? TOP_LAYER;
  for (const { source, layer, spatial } of layersWithin(sources, wish)) {
    const top = Math.min(most, TOP_LAYER);
    const from = levels.length === 0 ? Math.min(top, source.rates.topTemporal(now)) : 0;
    for (let temporal = 0; temporal < from; temporal++) add(levels, source, layer, spatial, temporal, now);
    add(levels, source, layer, spatial, top, now);
  }
  return levels;
}

function add(levels: Level[], { rates }: Source, layer: number, spatial: number, temporal: number, now: number): void {
  const bps = rates.bps(spatial, temporal, now);
  if (bps > (levels.at(-1)?.bps ?? -1)) levels.push({ layer, temporal, bps });
}
