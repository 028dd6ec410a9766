import { useId } from 'react';
import type { Lack } from '../effects/index.js';
import { useMessages } from '../state/language-store.js';
import styles from './settings.module.css';

interface SliderRowProps {
  readonly label: string;
  readonly range: { readonly min: number; readonly max: number };
  readonly value: number;
  /** The value as people read it. */
  readonly shown: string;
  readonly lack: Lack;
  readonly onChange: (value: number) => void;
}

export function SliderRow({ label, range, value, shown, lack, onChange }: SliderRowProps) {
  const { settings } = useMessages();
  const id = useId();
  return (
    <div className={`${styles.row} ${lack === null ? '' : styles.disabled}`}>
      <label htmlFor={id}>
        <span className={styles.label}>{label}</span>
      </label>
      <output className={styles.value} htmlFor={id}>
        {shown}
      </output>
      <input
        id={id}
        type="range"
        className={styles.slider}
        min={range.min}
        max={range.max}
        value={value}
        disabled={lack !== null}
        aria-valuetext={shown}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      {lack !== null && <p className={styles.hint}>{settings.lack[lack]}</p>}
    </div>
  );
}
