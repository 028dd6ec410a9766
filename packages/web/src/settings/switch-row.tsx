import { useId } from 'react';
import type { Lack } from '../effects/index.js';
import { useMessages } from '../state/language-store.js';
import styles from './settings.module.css';

interface SwitchRowProps {
  readonly label: string;
  readonly hint?: string;
  /** Why this browser can't: the switch is off then, and says so. */
  readonly lack?: Lack;
  /** Another setting decides at the moment. */
  readonly isLocked?: boolean;
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => void;
}

export function SwitchRow({ label, hint, lack = null, isLocked = false, isOn, onChange }: SwitchRowProps) {
  const { settings } = useMessages();
  const id = useId();
  const said = lack === null ? hint : settings.lack[lack];
  const isDisabled = lack !== null || isLocked;
  return (
    <div className={`${styles.row} ${isDisabled ? styles.disabled : ''}`}>
      <label htmlFor={id}>
        <span className={styles.label}>{label}</span>
      </label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={styles.switch}
        checked={isOn && lack === null}
        aria-checked={isOn && lack === null}
        disabled={isDisabled}
        aria-describedby={said === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
      {said !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {said}
        </p>
      )}
    </div>
  );
}
