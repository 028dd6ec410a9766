import type { Step } from '@madang/client';
import { Check, CircleDashed, LoaderCircle, Minus, X } from 'lucide-react';
import { useTexts } from '../inspector-texts.js';
import styles from './ladder.module.css';

const ICONS = { waiting: CircleDashed, running: LoaderCircle, done: Check, failed: X, skipped: Minus };

/** How a step stands, as an icon. The word is said beside it. */
export function StepIcon({ state }: { readonly state: Step['state'] }) {
  const Icon = ICONS[state];
  return (
    <span className={styles.icon} data-state={state}>
      <Icon aria-hidden />
    </span>
  );
}

export function StepState({ state }: { readonly state: Step['state'] }) {
  const { inspector } = useTexts();
  return (
    <span className={styles.state} data-state={state}>
      {inspector.state[state]}
    </span>
  );
}
