import type { InspectorTexts } from '../inspector-texts.js';
import type { TrackSeries } from '../model/track-series.js';

/** `Camera, received`. */
export function trackName({ direction, kind, source }: TrackSeries, texts: InspectorTexts['inspector']): string {
  return `${source === undefined ? texts.kind[kind] : texts.source[source]}, ${texts.direction[direction]}`;
}
