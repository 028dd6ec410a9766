import { ArrowDown, ArrowUp } from 'lucide-react';
import { useId, useState } from 'react';
import { useTexts } from '../inspector-texts.js';
import type { Connection } from '../model/connections.js';
import { knownMetrics, type TrackSeries, trackSeries } from '../model/track-series.js';
import styles from './charts.module.css';
import { MetricChart } from './metric-chart.js';
import { SeriesTable } from './series-table.js';
import { trackName } from './track-name.js';

interface TrackChartsProps {
  readonly connection: Connection;
  readonly nowMs: number;
}

/** How each track has done over the last minutes: one is shown, any can be chosen. */
export function TrackCharts({ connection, nowMs }: TrackChartsProps) {
  const { chart } = useTexts().inspector;
  const all = trackSeries(connection, nowMs);
  const [chosen, choose] = useState<string>();
  const shown = all.find(({ key }) => key === chosen) ?? all.find(isReceivedPicture) ?? all[0];
  if (shown === undefined) return <p className={styles.about}>{chart.none}</p>;
  return (
    <div className={styles.tracks}>
      <TrackPicker all={all} shown={shown} names={connection.names} onPick={choose} />
      <TrackAbout series={shown} />
      <div className={styles.charts}>
        {knownMetrics(shown).map((metric) => (
          <MetricChart key={`${shown.key} ${metric}`} series={shown} metric={metric} nowMs={nowMs} />
        ))}
      </div>
      <SeriesTable series={shown} names={connection.names} />
    </div>
  );
}

const isReceivedPicture = ({ direction, kind }: TrackSeries) => direction === 'received' && kind === 'video';

interface TrackPickerProps {
  readonly all: readonly TrackSeries[];
  readonly shown: TrackSeries;
  readonly names: ReadonlyMap<string, string>;
  readonly onPick: (key: string) => void;
}

function TrackPicker({ all, shown, names, onPick }: TrackPickerProps) {
  const { inspector } = useTexts();
  const group = useId();
  return (
    <fieldset className={styles.picker}>
      <legend>{inspector.chart.choose}</legend>
      {all.map((series) => (
        <label key={series.key} className={styles.choice}>
          <input type="radio" name={group} checked={series === shown} onChange={() => onPick(series.key)} />
          <span>
            {series.direction === 'sent' ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden />}
            {trackName(series, inspector, names)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function TrackAbout({ series: { latest } }: { readonly series: TrackSeries }) {
  const { chart } = useTexts().inspector;
  const parts = [
    latest.codec,
    latest.width !== undefined && latest.height !== undefined && `${latest.width}×${latest.height}`,
    latest.limitedBy !== undefined && latest.limitedBy !== 'none' && chart.limited[latest.limitedBy],
  ].filter(Boolean);
  return parts.length === 0 ? null : <p className={styles.about}>{parts.join(' · ')}</p>;
}
