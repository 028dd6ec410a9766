import type { Path } from '@madang/client';
import { useTexts } from '../inspector-texts.js';
import { millisecondsText } from '../model/amount.js';
import { type Connection, factsOf } from '../model/connections.js';
import styles from './details.module.css';
import { EventList } from './event-list.js';

/** The way that the packets take, and those they took before. */
export function PathDetails({ connection }: { readonly connection: Connection }) {
  const { path: texts } = useTexts().inspector;
  const paths = factsOf(connection, 'path');
  const current = paths.at(-1);
  if (current === undefined) return <p className={styles.soft}>{texts.none}</p>;
  const roundTripMs = factsOf(connection, 'sample').at(-1)?.sample.roundTripMs ?? current.path.roundTripMs;
  return (
    <>
      <PathFields path={current.path} roundTripMs={roundTripMs} />
      {paths.length > 1 && (
        <div className={styles.block}>
          <h4 className={styles.heading}>{texts.changes}</h4>
          <EventList
            startMs={connection.openedMs ?? 0}
            events={paths.slice(0, -1).map(({ atMs, path }) => ({
              atMs,
              text: `${texts.kind[path.kind]}: ${path.local} ↔ ${path.remote}`,
            }))}
          />
        </div>
      )}
    </>
  );
}

function PathFields({ path, roundTripMs }: { readonly path: Path; readonly roundTripMs: number | undefined }) {
  const { path: texts, candidateType } = useTexts().inspector;
  return (
    <dl className={styles.pairs}>
      <dt>{texts.way}</dt>
      <dd>{texts.kind[path.kind]}</dd>
      <dt>{texts.local}</dt>
      <dd>
        <span className={styles.mono}>{path.local}</span> {candidateType[path.localType]}
      </dd>
      <dt>{texts.remote}</dt>
      <dd>
        <span className={styles.mono}>{path.remote}</span> {candidateType[path.remoteType]}
      </dd>
      <dt>{texts.protocol}</dt>
      <dd>{path.protocol.toUpperCase()}</dd>
      {path.relayProtocol && (
        <>
          <dt>{texts.relayProtocol}</dt>
          <dd>{path.relayProtocol.toUpperCase()}</dd>
        </>
      )}
      {roundTripMs !== undefined && (
        <>
          <dt>{texts.roundTrip}</dt>
          <dd>{millisecondsText(roundTripMs)}</dd>
        </>
      )}
    </dl>
  );
}
