import { useTexts } from '../inspector-texts.js';
import { type Connection, factsOf } from '../model/connections.js';
import { sdpLines } from '../model/sdp-sections.js';
import styles from './details.module.css';
import { EventList } from './event-list.js';

const FINGERPRINT = 'a=fingerprint:';

/** The handshake, and the fingerprints that the certificates have to match (RFC 8122). */
export function DtlsDetails({ connection }: { readonly connection: Connection }) {
  const { dtls, direction, note } = useTexts().inspector;
  const states = factsOf(connection, 'dtls');
  const sides = (['sent', 'received'] as const).flatMap((side) => {
    const newest = factsOf(connection, 'description').findLast((fact) => fact.direction === side);
    const line = newest && sdpLines(newest.sdp).find((text) => text.startsWith(FINGERPRINT));
    return line ? [{ side, fingerprint: line.slice(FINGERPRINT.length) }] : [];
  });
  return (
    <>
      {states.length === 0 && <p className={styles.soft}>{note.nothing}</p>}
      <EventList
        startMs={connection.openedMs ?? 0}
        events={states.map(({ atMs, state }) => ({ atMs, text: dtls.state[state] }))}
      />
      {sides.length > 0 && (
        <div className={styles.block}>
          <h4 className={styles.heading}>{dtls.fingerprints}</h4>
          <dl className={styles.pairs}>
            {sides.map(({ side, fingerprint }) => (
              <div key={side} className={styles.field}>
                <dt>{direction[side]}</dt>
                <dd className={styles.mono}>{fingerprint}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </>
  );
}
