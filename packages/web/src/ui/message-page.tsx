import { type ReactNode, useEffect, useRef } from 'react';
import styles from './message-page.module.css';
import { PageFrame } from './page-frame.js';

interface MessagePageProps {
  readonly icon: ReactNode;
  readonly heading: string;
  /** Comes up by itself in place of something else: the focus goes to its heading. */
  readonly isNews?: boolean;
  readonly children: ReactNode;
}

/** A page that says one thing and offers what to do next. */
export function MessagePage({ icon, heading, isNews = false, children }: MessagePageProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isNews) title.current?.focus();
  }, [isNews]);
  return (
    <PageFrame isNarrow>
      <div className={styles.card}>
        <span className={styles.icon}>{icon}</span>
        <h1 ref={title} className={styles.heading} tabIndex={-1}>
          {heading}
        </h1>
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
