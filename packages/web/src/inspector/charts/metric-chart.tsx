import { useTexts } from '../inspector-texts.js';
import { type Metric, summarize, type TrackSeries } from '../model/track-series.js';
import styles from './charts.module.css';
import { metricValue } from './metric-value.js';
import { Plot } from './plot.js';

interface MetricChartProps {
  readonly series: TrackSeries;
  readonly metric: Metric;
  readonly nowMs: number;
}

/** One metric of one track: its name, its value now, and its line, which is also told in words. */
export function MetricChart({ series, metric, nowMs }: MetricChartProps) {
  const { chart } = useTexts().inspector;
  const summary = summarize(series.values[metric]);
  if (summary === undefined) return null;
  const latest = summary.latest === null ? chart.unknown : metricValue(metric, summary.latest);
  const words = chart.value(latest, metricValue(metric, summary.least), metricValue(metric, summary.most));
  return (
    <figure className={styles.chart} data-metric={metric}>
      <figcaption>
        <span>{chart.metric[metric]}</span>
        <strong>{latest}</strong>
      </figcaption>
      <div role="img" aria-label={`${chart.metric[metric]}: ${words}`}>
        <Plot series={series} metric={metric} nowMs={nowMs} />
      </div>
    </figure>
  );
}
