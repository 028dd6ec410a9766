import type { ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './button.module.css';

interface LinkButtonProps {
  readonly href: string;
  readonly look?: 'primary' | 'plain' | 'quiet';
  readonly size?: 'normal' | 'large';
  /** An address outside the app: the browser loads it. */
  readonly isOutside?: boolean;
  readonly children: ReactNode;
}

export function LinkButton({ href, look = 'plain', size = 'normal', isOutside = false, children }: LinkButtonProps) {
  const className = `${styles.button} ${styles[look]} ${styles[size]}`;
  if (isOutside) {
    return (
      <a className={className} href={href}>
        {children}
      </a>
    );
  }
  return (
    <Link className={className} href={href}>
      {children}
    </Link>
  );
}
