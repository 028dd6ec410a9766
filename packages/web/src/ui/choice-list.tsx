import { type ReactNode, useId } from 'react';
import styles from './choice-list.module.css';

interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint: string;
  readonly icon?: ReactNode;
}

interface ChoiceListProps<V extends string> {
  /** What is chosen, for those who hear the page. */
  readonly label: string;
  readonly choices: readonly Choice<V>[];
  readonly value: V;
  readonly onChoose: (value: V) => void;
}

/** One of a few, each with a sentence of what it does. */
export function ChoiceList<V extends string>({ label, choices, value, onChoose }: ChoiceListProps<V>) {
  const id = useId();
  return (
    <div className={styles.list} role="radiogroup" aria-label={label}>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.choice}>
          <input
            type="radio"
            name={id}
            aria-describedby={`${id}-${choice.value}`}
            aria-labelledby={`${id}-${choice.value}-name`}
            checked={choice.value === value}
            onChange={() => onChoose(choice.value)}
          />
          {choice.icon}
          <span>
            <span id={`${id}-${choice.value}-name`} className={styles.name}>
              {choice.label}
            </span>
            <span id={`${id}-${choice.value}`} className={styles.hint}>
              {choice.hint}
            </span>
          </span>
        </label>
      ))}
    </div>
  );
}
