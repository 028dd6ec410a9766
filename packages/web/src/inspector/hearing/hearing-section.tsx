import type { Fact, HearingCell } from '@madang/client';
import { useId, useState } from 'react';
import details from '../details/details.module.css';
import section from '../inspector.module.css';
import { useTexts } from '../inspector-texts.js';
import { type HearingTable, hearingTable } from '../model/hearing-table.js';
import { CellButton } from './cell-button.js';
import styles from './hearing.module.css';
import { HearingChain } from './hearing-chain.js';

/** Everybody to everybody: what is sent, and how far it gets. A press on a direction tells it step by step. */
export function HearingSection({ facts, nowMs }: { readonly facts: readonly Fact[]; readonly nowMs: number }) {
  const { hearing } = useTexts().inspector;
  const id = useId();
  const [chosen, choose] = useState<string>();
  const table = hearingTable(facts, nowMs);
  if (table.members.length < 2) return null;
  const shown = table.cells.find((cell) => cellKey(cell) === chosen);
  return (
    <section className={section.section} aria-label={hearing.heading} data-hearing>
      <h3 className={section.heading}>{hearing.heading}</h3>
      <p className={section.soft}>{hearing.intro}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={details.scroll} aria-label={hearing.heading} tabIndex={0}>
        <Matrix
          table={table}
          chosen={chosen}
          chainId={id}
          onChoose={(cell) => choose(cellKey(cell) === chosen ? undefined : cellKey(cell))}
        />
      </section>
      <div id={id}>{shown && <HearingChain cell={shown} names={namesOf(table)} />}</div>
    </section>
  );
}

interface MatrixProps {
  readonly table: HearingTable;
  readonly chosen: string | undefined;
  readonly chainId: string;
  readonly onChoose: (cell: HearingCell) => void;
}

function Matrix({ table, chosen, chainId, onChoose }: MatrixProps) {
  const { hearing } = useTexts().inspector;
  const names = namesOf(table);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{hearing.from}</th>
          {table.members.map(({ id, name }) => (
            <th key={id} scope="col">
              {hearing.to(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.members.map((from) => (
          <tr key={from.id}>
            <th scope="row">{from.name}</th>
            {table.members.map((to) => (
              <td key={to.id} className={from.id === to.id ? styles.self : undefined}>
                {from.id === to.id && '–'}
                {table.cells
                  .filter((cell) => cell.from === from.id && cell.to === to.id)
                  .map((cell) => (
                    <CellButton
                      key={cell.source}
                      cell={cell}
                      names={names}
                      isOpen={cellKey(cell) === chosen}
                      chainId={chainId}
                      onPress={() => onChoose(cell)}
                    />
                  ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cellKey({ from, to, source }: HearingCell): string {
  return `${from} ${to} ${source}`;
}

function namesOf({ members }: HearingTable): ReadonlyMap<string, string> {
  return new Map(members.map(({ id, name }) => [id, name]));
}
