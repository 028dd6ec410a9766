import { HEARING_STAGES, type HearingCell } from '@madang/client';
import { useTexts } from '../inspector-texts.js';
import styles from './hearing.module.css';
import { STATE_ICONS } from './hearing-icons.js';

interface HearingChainProps {
  readonly cell: HearingCell;
  readonly names: ReadonlyMap<string, string>;
}

/** One direction step by step: from the device of one to the ears and eyes of the other. */
export function HearingChain({ cell, names }: HearingChainProps) {
  const { hearing, source } = useTexts().inspector;
  const heading = hearing.chainOf(
    names.get(cell.from) ?? cell.from,
    names.get(cell.to) ?? cell.to,
    source[cell.source],
  );
  return (
    <div className={styles.chain} data-chain>
      <h4>{heading}</h4>
      <ol aria-label={heading}>
        {HEARING_STAGES.map((stage) => {
          const state = cell.stages[stage];
          const Icon = STATE_ICONS[state];
          const isFirst = cell.broken === stage;
          return (
            <li key={stage} data-stage={stage} data-state={state}>
              <Icon aria-hidden />
              <span>{hearing.link[stage]}</span>
              <span>{isFirst && cell.why ? hearing.why[cell.why] : hearing.state[state]}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
