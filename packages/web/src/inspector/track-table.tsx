import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Messages } from '../messages/index.js';
import { useMessages } from '../state/language-store.js';
import styles from './inspector-panel.module.css';
import type { PeerReading } from './use-peer-readings.js';

type Rate = PeerReading['rates'][number];

/** A row for each track and direction. A dash: the browser does not say. */
export function TrackTable({ rates }: { readonly rates: readonly Rate[] }) {
  const { inspector } = useMessages();
  if (rates.length === 0) return <p className={styles.intro}>{inspector.noTracks}</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{inspector.track}</th>
          <th scope="col">{inspector.bitrate}</th>
          <th scope="col">{inspector.picture}</th>
          <th scope="col">{inspector.loss}</th>
        </tr>
      </thead>
      <tbody>
        {rates.map((rate) => (
          <tr key={rate.key}>
            <th scope="row">
              <span className={styles.track}>
                {rate.direction === 'sent' ? (
                  <ArrowUp role="img" aria-label={inspector.sent} />
                ) : (
                  <ArrowDown role="img" aria-label={inspector.received} />
                )}
                <span>
                  {sourceName(rate, inspector)}
                  {rate.codec && <small>{rate.codec}</small>}
                </span>
              </span>
            </th>
            <td>{rate.kbps === undefined ? '–' : Math.round(rate.kbps)}</td>
            <td>{pictureOf(rate)}</td>
            <td>{rate.loss === undefined ? '–' : `${(rate.loss * 100).toFixed(1)} %`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sourceName(rate: Rate, texts: Messages['inspector']): string {
  const known = rate.source as keyof Messages['inspector']['source'] | undefined;
  return texts.source[known ?? 'unknown'];
}

function pictureOf({ width, height, fps }: Rate): string {
  if (width === undefined || height === undefined) return '–';
  return `${width}×${height}${fps === undefined ? '' : ` · ${Math.round(fps)}/s`}`;
}
