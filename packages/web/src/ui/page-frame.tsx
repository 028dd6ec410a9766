import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useMessages } from '../state/language-store.js';
import { LanguageSwitch } from './language-switch.js';
import { Logo } from './logo.js';
import styles from './page-frame.module.css';

interface PageFrameProps {
  readonly children: ReactNode;
  /** Narrow pages hold one column of text, in the middle. */
  readonly isNarrow?: boolean;
}

/** What every page outside a call has around it: the way home and the language. */
export function PageFrame({ children, isNarrow = false }: PageFrameProps) {
  const { app } = useMessages();
  return (
    <div className={styles.frame}>
      <header className={styles.header}>
        <Link href="/" className={styles.home}>
          <Logo size={36} />
          <span>{app.name}</span>
        </Link>
        <LanguageSwitch />
      </header>
      <main className={`${styles.main} ${isNarrow ? styles.narrow : ''}`}>{children}</main>
    </div>
  );
}
