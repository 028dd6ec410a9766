import type { ReactNode } from 'react';
import { useTexts } from '../inspector-texts.js';
import styles from './ladder.module.css';

interface LadderSidesProps {
  readonly a: string;
  readonly b: string;
  readonly children: ReactNode;
}

/** The two sides that rungs stand between, as in a sequence diagram. */
export function LadderSides({ a, b, children }: LadderSidesProps) {
  const { ladder } = useTexts().inspector;
  return (
    <div className={styles.ladder}>
      <div className={styles.sides} aria-hidden>
        <span className={styles.side}>{a}</span>
        <span className={styles.side}>{b}</span>
      </div>
      <ol className={styles.rungs} aria-label={ladder.sides(a, b)}>
        {children}
      </ol>
    </div>
  );
}
