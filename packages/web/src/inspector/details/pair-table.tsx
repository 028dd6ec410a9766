import type { PairFact } from '@madang/client';
import { useTexts } from '../inspector-texts.js';
import { endpointText } from '../model/candidate-rows.js';
import { type Connection, factsOf } from '../model/connections.js';
import styles from './details.module.css';
import { WideTable } from './wide-table.js';

const ORDER: readonly PairFact['state'][] = ['succeeded', 'in-progress', 'waiting', 'frozen', 'failed'];

/** The pairs of addresses that the browser tries, the best first. */
export function PairTable({ connection }: { readonly connection: Connection }) {
  const { table, candidates, step } = useTexts().inspector;
  const pairs = [...(factsOf(connection, 'pairs').at(-1)?.pairs ?? [])].sort(byWorth);
  if (pairs.length === 0) return <p className={styles.soft}>{candidates.none}</p>;
  return (
    <WideTable label={step.checks}>
      <thead>
        <tr>
          <th scope="col">{table.state}</th>
          <th scope="col">{table.local}</th>
          <th scope="col">{table.remote}</th>
          <th scope="col">{table.requests}</th>
          <th scope="col">{table.responses}</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair, ix) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pair has no name of its own
          <PairRow key={ix} pair={pair} />
        ))}
      </tbody>
    </WideTable>
  );
}

function PairRow({ pair }: { readonly pair: PairFact }) {
  const { pairState, nominated } = useTexts().inspector;
  return (
    <tr>
      <td>
        {pair.nominated ? (
          <span className={styles.tag}>{nominated}</span>
        ) : (
          <span className={pair.state === 'failed' ? styles.soft : undefined}>{pairState[pair.state]}</span>
        )}
      </td>
      {[pair.local, pair.remote].map((candidate, ix) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: always the same two
        <td key={ix} className={styles.mono}>
          {endpointText(candidate)} {candidate.type} {candidate.protocol}
        </td>
      ))}
      <td className={styles.number}>{pair.requestsSent}</td>
      <td className={styles.number}>{pair.responsesReceived}</td>
    </tr>
  );
}

function byWorth(a: PairFact, b: PairFact): number {
  return Number(b.nominated) - Number(a.nominated) || ORDER.indexOf(a.state) - ORDER.indexOf(b.state);
}
