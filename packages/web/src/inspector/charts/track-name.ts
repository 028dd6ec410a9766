import type { InspectorTexts } from '../inspector-texts.js';
import type { TrackSeries } from '../model/track-series.js';

/** `Camera, received`; with the member before it where several come by one connection. */
export function trackName(
  { direction, kind, source, member }: TrackSeries,
  texts: InspectorTexts['inspector'],
  names: ReadonlyMap<string, string>,
): string {
  const whose = member === undefined ? '' : `${names.get(member) ?? member}: `;
  return `${whose}${source === undefined ? texts.kind[kind] : texts.source[source]}, ${texts.direction[direction]}`;
}
