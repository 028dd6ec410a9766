import type { ButtonHTMLAttributes } from 'react';
import styles from './button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` is the one thing to do on a page; `plain` has a border; `quiet` is text only. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'large';
  readonly isWide?: boolean;
}

export function Button({ look = 'plain', size = 'normal', isWide = false, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      {...rest}
      className={[styles.button, styles[look], styles[size], isWide && styles.wide, rest.className]
        .filter(Boolean)
        .join(' ')}
    />
  );
}
