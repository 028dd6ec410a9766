import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Tooltip } from '../../ui/tooltip.js';
import styles from './bar-button.module.css';

interface BarButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut?: string;
  readonly isOn?: boolean;
  /** A number in the corner; its meaning is said by `badgeText`. */
  readonly badge?: number;
  readonly badgeText?: string;
}

/** A round of the control bar: an icon with a name, and the name as its tooltip. */
export function BarButton({ label, icon, shortcut, isOn = false, badge = 0, badgeText, ...rest }: BarButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        {...rest}
        className={`${styles.button} ${isOn ? styles.on : ''}`}
        aria-label={label}
        {...(badge > 0 && badgeText ? { 'aria-description': badgeText } : {})}
      >
        {icon}
        {badge > 0 && <span className={styles.badge} data-count={badge > 99 ? '99+' : badge} aria-hidden />}
      </button>
    </Tooltip>
  );
}
