import { bitrateText, millisecondsText, shareText } from '../model/amount.js';
import type { Metric } from '../model/track-series.js';

/** A value of a metric as people read it. */
export function metricValue(metric: Metric, value: number): string {
  switch (metric) {
    case 'bitrate':
      return bitrateText(value);
    case 'loss':
      return shareText(value);
    case 'jitter':
    case 'roundTrip':
      return millisecondsText(value);
    case 'frameRate':
      return `${Math.round(value)}/s`;
    case 'resolution':
      return `${Math.round(value)}p`;
  }
}

/** The same beside an axis, where there is little room. */
export function axisValue(metric: Metric, value: number): string {
  if (metric === 'bitrate')
    return value >= 1_000_000 ? `${+(value / 1_000_000).toFixed(1)}M` : `${Math.round(value / 1_000)}k`;
  if (metric === 'loss') return `${+(value * 100).toFixed(1)}%`;
  return String(+value.toFixed(1));
}
