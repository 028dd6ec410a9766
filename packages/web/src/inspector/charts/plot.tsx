import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { clockText } from '../model/elapsed.js';
import { CHART_WINDOW_MS, type Metric, type TrackSeries } from '../model/track-series.js';
import styles from './charts.module.css';
import { axisValue } from './metric-value.js';

interface PlotProps {
  readonly series: TrackSeries;
  readonly metric: Metric;
  readonly nowMs: number;
}

const HEIGHT_PX = 104;
const LEAST_WINDOW_S = 60;

/** The line of one metric. It is drawn by uPlot on a canvas; what it says stands beside it as text. */
export function Plot({ series, metric, nowMs }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const range = useRef<readonly [number, number]>([0, 1]);
  range.current = timeRange(series.timesS, nowMs);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const drawn = new UPlot(options(element, metric, range), [[], []], element);
    plot.current = drawn;
    const watch = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height: HEIGHT_PX }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      drawn.destroy();
    };
  }, [metric]);
  useEffect(() => {
    plot.current?.setData([[...series.timesS], [...series.values[metric]]]);
  }, [series, metric]);
  return <div ref={place} className={styles.plot} />;
}

/** From the first measurement, if that is not too near or too far, until now. */
function timeRange(timesS: readonly number[], nowMs: number): readonly [number, number] {
  const nowS = nowMs / 1_000;
  const spanS = Math.min(Math.max(nowS - (timesS[0] ?? nowS), LEAST_WINDOW_S), CHART_WINDOW_MS / 1_000);
  return [nowS - spanS, nowS];
}

function options(
  element: HTMLElement,
  metric: Metric,
  range: { readonly current: readonly [number, number] },
): UPlot.Options {
  const colour = (name: string) => () => getComputedStyle(element).getPropertyValue(name).trim();
  const axis: UPlot.Axis = {
    stroke: colour('--ink-soft'),
    font: '10px sans-serif',
    ticks: { show: false },
    grid: { stroke: colour('--line'), width: 1 },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [...range.current] as [number, number] },
      y: { range: (_, _least, most) => [0, metric === 'loss' ? Math.max(most, 0.01) : Math.max(most * 1.1, 1)] },
    },
    axes: [
      {
        ...axis,
        size: 18,
        gap: 2,
        space: 60,
        values: (_, splits) => splits.map((s) => (s < 0 ? '' : clockText(s * 1_000))),
      },
      { ...axis, size: 38, gap: 2, space: 24, values: (_, splits) => splits.map((value) => axisValue(metric, value)) },
    ],
    series: [{}, { stroke: colour('--accent'), width: 1.5, points: { show: false } }],
  };
}
