import type { ReactNode } from 'react';
import styles from './details.module.css';

/** A table that may be wider than its place: it scrolls by itself, by keyboard too. */
export function WideTable({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={`${styles.table} ${styles.wide}`} aria-label={label}>
        {children}
      </table>
    </section>
  );
}
