import { useState } from 'react';
import details from '../details/details.module.css';
import { WideTable } from '../details/wide-table.js';
import { useTexts } from '../inspector-texts.js';
import { clockText } from '../model/elapsed.js';
import { knownMetrics, seriesRows, type TrackSeries } from '../model/track-series.js';
import styles from './charts.module.css';
import { metricValue } from './metric-value.js';
import { trackName } from './track-name.js';

interface SeriesTableProps {
  readonly series: TrackSeries;
  readonly names: ReadonlyMap<string, string>;
}

/** The charts of a track as a table, for whoever can't or won't read lines. */
export function SeriesTable({ series, names }: SeriesTableProps) {
  const { inspector } = useTexts();
  const { chart } = inspector;
  const [isOpen, setOpen] = useState(false);
  const metrics = knownMetrics(series);
  return (
    <details className={styles.table} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{chart.asTable}</summary>
      {isOpen && (
        <WideTable label={chart.tableCaption(trackName(series, inspector, names))}>
          <thead>
            <tr>
              <th scope="col">{chart.time}</th>
              {metrics.map((metric) => (
                <th key={metric} scope="col" className={details.number}>
                  {chart.metric[metric]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {seriesRows(series).map(({ fromS, means }) => (
              <tr key={fromS}>
                <th scope="row">{clockText(fromS * 1_000)}</th>
                {metrics.map((metric) => (
                  <td key={metric} className={details.number}>
                    {means[metric] === null ? '–' : metricValue(metric, means[metric])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </details>
  );
}
