import type { HearingCell } from '@madang/client';
import { useTexts } from '../inspector-texts.js';
import { reachedStage } from '../model/hearing-table.js';
import styles from './hearing.module.css';
import { SOURCE_ICONS, STATE_ICONS } from './hearing-icons.js';

interface CellButtonProps {
  readonly cell: HearingCell;
  readonly names: ReadonlyMap<string, string>;
  readonly isOpen: boolean;
  readonly chainId: string;
  readonly onPress: () => void;
}

/** One source in one direction: which, whether it gets through, and the first step where it does not. */
export function CellButton({ cell, names, isOpen, chainId, onPress }: CellButtonProps) {
  const { hearing, source } = useTexts().inspector;
  const { from, to, state, broken } = cell;
  const SourceIcon = SOURCE_ICONS[cell.source];
  const StateIcon = STATE_ICONS[state];
  const word = broken ? hearing.breaks(hearing.stage[broken]) : hearing.state[state];
  return (
    <button
      type="button"
      className={styles.cell}
      aria-label={hearing.cell(names.get(from) ?? from, names.get(to) ?? to, source[cell.source], word)}
      aria-expanded={isOpen}
      aria-controls={chainId}
      data-from={from}
      data-to={to}
      data-source={cell.source}
      data-state={state}
      data-hears={reachedStage(cell)}
      data-broken={broken}
      onClick={onPress}
    >
      <SourceIcon aria-hidden />
      <StateIcon aria-hidden />
      {broken && <span>{hearing.stage[broken]}</span>}
    </button>
  );
}
