import { useTexts } from '../inspector-texts.js';
import type { Connection } from '../model/connections.js';
import { elapsedText } from '../model/elapsed.js';
import { type ServerRow, serverRows } from '../model/server-rows.js';
import styles from './details.module.css';
import { WideTable } from './wide-table.js';

/** What each STUN or TURN server has answered. */
export function ServerTable({ connection }: { readonly connection: Connection }) {
  const { servers, table } = useTexts().inspector;
  const rows = serverRows(connection);
  if (rows.length === 0) return null;
  return (
    <div className={styles.block}>
      <h4 className={styles.heading}>{servers.heading}</h4>
      <WideTable label={servers.heading}>
        <thead>
          <tr>
            <th scope="col">{table.from}</th>
            <th scope="col">{table.state}</th>
            <th scope="col">{servers.gave}</th>
            <th scope="col">{table.when}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.url} row={row} openedMs={connection.openedMs ?? 0} />
          ))}
        </tbody>
      </WideTable>
    </div>
  );
}

function Row({ row, openedMs }: { readonly row: ServerRow; readonly openedMs: number }) {
  const { candidateType, servers } = useTexts().inspector;
  const gave = row.gave.map(({ type, count }) => servers.count(count, candidateType[type]));
  return (
    <tr data-ice-server={row.url} data-state={row.state}>
      <td className={styles.mono}>{row.url}</td>
      <td>{servers.state[row.state]}</td>
      <td>
        {gave.join(', ')}
        {row.errors.map(({ code, text }) => (
          <p key={`${code} ${text}`} className={styles.bad}>
            {servers.error(code, text)}
          </p>
        ))}
        {gave.length === 0 && row.errors.length === 0 && '–'}
      </td>
      <td>{row.firstMs === undefined ? '–' : elapsedText(row.firstMs, openedMs)}</td>
    </tr>
  );
}
