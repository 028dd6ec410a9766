import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import styles from './inspect-page.module.css';

interface ShownProps {
  readonly heading: string;
  readonly note?: string | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is being looked at, with its name and the way to put it away. */
export function Shown({ heading, note, onClose, children }: ShownProps) {
  const { page } = useMessages().inspector;
  return (
    <section className={styles.shown} aria-label={heading}>
      <div className={styles.bar}>
        <h2>{heading}</h2>
        <Button look="quiet" onClick={onClose}>
          <X aria-hidden />
          {page.back}
        </Button>
      </div>
      {note && (
        <p className={styles.soft} role="status">
          {note}
        </p>
      )}
      {children}
    </section>
  );
}
