import type { Direction } from '@madang/client';
import { useTexts } from '../inspector-texts.js';
import { candidateRows } from '../model/candidate-rows.js';
import { type Connection, factsOf } from '../model/connections.js';
import { elapsedText } from '../model/elapsed.js';
import styles from './details.module.css';
import { ServerTable } from './server-table.js';
import { WideTable } from './wide-table.js';

interface CandidateDetailsProps {
  readonly direction: Direction;
  readonly connection: Connection;
}

/** The addresses that one side has told the other, and of our own what each server answered. */
export function CandidateDetails({ direction, connection }: CandidateDetailsProps) {
  const { candidates, step } = useTexts().inspector;
  const { openedMs = 0 } = connection;
  const rows = candidateRows(connection, direction);
  const end = factsOf(connection, 'candidates-end').findLast((fact) => fact.direction === direction);
  const label = step[direction === 'sent' ? 'candidates-sent' : 'candidates-received'];
  return (
    <>
      <div className={styles.block}>
        {rows.length === 0 ? (
          <p className={styles.soft}>{candidates.none}</p>
        ) : (
          <WideTable label={label}>
            <CandidateRows rows={rows} openedMs={openedMs} />
          </WideTable>
        )}
        {rows.some(({ address }) => address.endsWith('.local')) && <p className={styles.soft}>{candidates.hidden}</p>}
        {end && <p className={styles.soft}>{candidates.end(elapsedText(end.atMs, openedMs))}</p>}
      </div>
      {direction === 'sent' && <ServerTable connection={connection} />}
    </>
  );
}

function CandidateRows({
  rows,
  openedMs,
}: {
  readonly rows: ReturnType<typeof candidateRows>;
  readonly openedMs: number;
}) {
  const { table, candidateType } = useTexts().inspector;
  return (
    <>
      <thead>
        <tr>
          <th scope="col">{table.type}</th>
          <th scope="col">{table.protocol}</th>
          <th scope="col">{table.address}</th>
          <th scope="col">{table.port}</th>
          <th scope="col">{table.from}</th>
          <th scope="col">{table.when}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.type} ${row.protocol} ${row.address} ${row.port} ${row.url}`}>
            <td>{candidateType[row.type]}</td>
            <td>{row.protocol.toUpperCase()}</td>
            <td className={styles.mono}>{row.address}</td>
            <td className={styles.mono}>{row.port}</td>
            <td className={styles.mono}>{row.url ?? '–'}</td>
            <td>{elapsedText(row.atMs, openedMs)}</td>
          </tr>
        ))}
      </tbody>
    </>
  );
}
