import type { Path } from '@madang/client';
import { RefreshCw } from 'lucide-react';
import type { Messages } from '../messages/index.js';
import { useCall } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import { Button } from '../ui/button.js';
import styles from './inspector-panel.module.css';
import { TrackTable } from './track-table.js';
import type { PeerReading } from './use-peer-readings.js';

export function PeerReport({ reading }: { readonly reading: PeerReading }) {
  const call = useCall();
  const { inspector } = useMessages();
  const { peer } = reading;
  const restart = () => call.room.members.find(({ id }) => id === reading.id)?.peer?.restartIce();
  return (
    <section className={styles.peer} aria-label={reading.name}>
      <h3 className={styles.name}>{reading.name}</h3>
      {peer ? (
        <>
          <dl className={styles.facts}>
            <dt>{inspector.stateLabel}</dt>
            <dd>
              <span className={styles.dot} data-state={peer.state} aria-hidden />
              {inspector.state[peer.state]}
            </dd>
            <dt>{inspector.path}</dt>
            <dd>{peer.path ? describePath(peer.path, inspector) : inspector.noPath}</dd>
            {peer.path && (
              <>
                <dt>{inspector.addresses}</dt>
                <dd className={styles.addresses}>
                  {peer.path.local} ↔ {peer.path.remote}
                </dd>
                <dt>{inspector.roundTrip}</dt>
                <dd>{roundTrip(peer.path, inspector)}</dd>
              </>
            )}
          </dl>
          <TrackTable rates={reading.rates} />
          <Button look="quiet" onClick={restart}>
            <RefreshCw aria-hidden />
            {inspector.restart}
          </Button>
        </>
      ) : (
        <p className={styles.intro}>{inspector.noPeer}</p>
      )}
    </section>
  );
}

function describePath(path: Path, texts: Messages['inspector']): string {
  const via = path.relayProtocol ? ` (${path.relayProtocol.toUpperCase()})` : '';
  return `${texts.pathKind[path.kind]}${via}, ${path.protocol.toUpperCase()}, ${texts.family[path.family]}`;
}

function roundTrip({ roundTripMs }: Path, texts: Messages['inspector']): string {
  if (roundTripMs === undefined) return texts.notMeasured;
  return `${roundTripMs < 10 ? roundTripMs.toFixed(1) : Math.round(roundTripMs)} ms`;
}
