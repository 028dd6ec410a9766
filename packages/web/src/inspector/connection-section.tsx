import { type PeerId, SERVER_PUBLISH, type Step } from '@madang/client';
import { RefreshCw } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Button } from '../ui/button.js';
import styles from './inspector.module.css';
import { useTexts } from './inspector-texts.js';
import { ConnectionLadder } from './ladder/connection-ladder.js';
import type { Connection } from './model/connections.js';
import { elapsedText } from './model/elapsed.js';
import { sideName } from './side-name.js';

// What draws charts is loaded when there is something to draw.
const TrackCharts = lazy(() => import('./charts/track-charts.js').then((m) => ({ default: m.TrackCharts })));

interface ConnectionSectionProps {
  readonly connection: Connection;
  readonly steps: readonly Step[];
  readonly nowMs: number;
  readonly onRestart?: ((peer: PeerId) => void) | undefined;
}

/** One connection: its ladder, its charts, and what can be done about it. */
export function ConnectionSection({ connection, steps, nowMs, onRestart }: ConnectionSectionProps) {
  const texts = useTexts();
  const { ladder, chart } = texts.inspector;
  const { peer, name, openedMs, isOver } = connection;
  const heading = ladder.connection(sideName(peer, name, texts));
  // The sending one looks for a way anew by itself; there is nothing to take hold of it by.
  const canRestart = peer !== SERVER_PUBLISH && !isOver && openedMs !== undefined;
  return (
    <section className={styles.section} aria-label={heading} data-peer={peer}>
      <div className={styles.head}>
        <h3 className={styles.heading}>{heading}</h3>
        {openedMs !== undefined && <p className={styles.soft}>{ladder.opened(elapsedText(openedMs, 0))}</p>}
      </div>
      <ConnectionLadder connection={connection} steps={steps} nowMs={nowMs} />
      <h4 className={styles.sub}>{chart.heading}</h4>
      {connection.facts.some(({ type }) => type === 'sample') ? (
        <Suspense fallback={null}>
          <TrackCharts connection={connection} nowMs={isOver ? lastMs(connection) : nowMs} />
        </Suspense>
      ) : (
        <p className={styles.soft}>{chart.none}</p>
      )}
      {onRestart && canRestart && (
        <Button onClick={() => onRestart(peer)}>
          <RefreshCw aria-hidden />
          {ladder.restart}
        </Button>
      )}
    </section>
  );
}

function lastMs({ facts }: Connection): number {
  return facts.at(-1)?.atMs ?? 0;
}
