import type { ReactNode } from 'react';
import styles from './message-page.module.css';
import { PageFrame } from './page-frame.js';

interface MessagePageProps {
  readonly icon: ReactNode;
  readonly heading: string;
  readonly children: ReactNode;
}

/** A page that says one thing and offers what to do next. */
export function MessagePage({ icon, heading, children }: MessagePageProps) {
  return (
    <PageFrame isNarrow>
      <div className={styles.card}>
        <span className={styles.icon}>{icon}</span>
        <h1 className={styles.heading}>{heading}</h1>
        {children}
      </div>
    </PageFrame>
  );
}

export function MessageText({ children }: { readonly children: ReactNode }) {
  return <p className={styles.text}>{children}</p>;
}

export function MessageActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
