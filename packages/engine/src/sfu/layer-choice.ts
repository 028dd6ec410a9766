import { TOP_LAYER } from './media-packet.js';
import type { Source } from './source.js';

/** What a viewer asks for at most. Absent: no limit. */
export interface LayerWish {
  /** Spatial layers, from 0: encodings of a simulcast by quality, or layers of a scalable stream. */
  readonly maxLayer?: number | undefined;
  /** Temporal layers, from 0. */
  readonly maxTemporal?: number | undefined;
  /** Pixels of the place where it is shown. */
  readonly maxWidth?: number | undefined;
  readonly maxHeight?: number | undefined;
  /** Who gets more when not everything fits; absent: `normal`. */
  readonly priority?: 'low' | 'normal' | 'high' | undefined;
}

/** Which source a viewer is sent, and which layers of it. */
export interface LayerChoice {
  readonly source: Source | null;
  /** What may be shown as long as nothing else is. */
  readonly allowed: readonly Source[];
  readonly spatial: number;
  readonly temporal: number;
}

/**
 * Chooses within a wish: of the sources that flow the best that is allowed, or the lowest that flows when none is. While
 * nothing flows the best allowed is waited for.
 */
export function chooseLayer(sources: readonly Source[], wish: LayerWish): LayerChoice {
  const temporal = wish.maxTemporal ?? TOP_LAYER;
  if (sources.length <= 1) {
    const source = sources[0] ?? null;
    const spatial = source === null ? TOP_LAYER : spatialLimit(source, wish);
    return { source, allowed: sources, spatial, temporal };
  }
  const allowed = sources.filter(
    (source, ix) => ix <= (wish.maxLayer ?? TOP_LAYER) && fits(source.width, source.height, wish),
  );
  const best = allowed.findLast(isFlowing) ?? sources.find(isFlowing) ?? allowed.at(-1) ?? sources[0]!;
  return { source: best, allowed, spatial: TOP_LAYER, temporal };
}

/** What of it may be sent, and flows, from the least to the most: encodings, or spatial layers of the only one. */
export function layersWithin(
  sources: readonly Source[],
  wish: LayerWish,
): { readonly source: Source; readonly layer: number; readonly spatial: number }[] {
  if (sources.length > 1) {
    const layers = sources.map((source, layer) => ({ source, layer, spatial: TOP_LAYER }));
    const flowing = layers.filter(({ source }) => isFlowing(source));
    const allowed = flowing.filter(
      ({ source: { width, height }, layer }) => layer <= (wish.maxLayer ?? TOP_LAYER) && fits(width, height, wish),
    );
    return allowed.length > 0 ? allowed : flowing.slice(0, 1);
  }
  const source = sources[0];
  if (source === undefined || !isFlowing(source)) return [];
  const top = Math.min(spatialLimit(source, wish), Math.max(0, source.layers - 1));
  return Array.from({ length: top + 1 }, (_, layer) => ({ source, layer, spatial: layer }));
}

function isFlowing(source: Source): boolean {
  return source.flow !== 'stalled';
}

/** Whether it is not known to be too large; either way up: a picture that is turned has its orientation beside it. */
export function fits(
  width: number,
  height: number,
  { maxWidth, maxHeight }: { readonly maxWidth?: number | undefined; readonly maxHeight?: number | undefined },
): boolean {
  const limit = [maxWidth ?? Number.POSITIVE_INFINITY, maxHeight ?? Number.POSITIVE_INFINITY];
  return Math.max(width, height) <= Math.max(...limit) && Math.min(width, height) <= Math.min(...limit);
}

/** The highest spatial layer of a scalable stream that is allowed; the lowest is always. */
function spatialLimit(source: Source, wish: LayerWish): number {
  const limit = wish.maxLayer ?? TOP_LAYER;
  for (let layer = Math.min(limit, source.layers - 1); layer > 0; layer--) {
    if (fits(source.widths[layer]!, source.heights[layer]!, wish)) return layer === source.layers - 1 ? limit : layer;
  }
  return source.layers > 1 ? 0 : limit;
}

/** A wish, and what a line leaves of it. */
export function within(wish: LayerWish, { maxLayer, maxTemporal }: LayerWish): LayerWish {
  if (maxLayer === undefined || maxTemporal === undefined) return wish;
  return {
    ...wish,
    maxLayer: Math.min(maxLayer, wish.maxLayer ?? TOP_LAYER),
    maxTemporal: Math.min(maxTemporal, wish.maxTemporal ?? TOP_LAYER),
  };
}
