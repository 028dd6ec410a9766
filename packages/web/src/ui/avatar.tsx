import styles from './avatar.module.css';
import { hueOf, initialsOf } from './initials.js';

interface AvatarProps {
  readonly name: string;
  /** `fill` grows with the tile it stands in. */
  readonly size?: 'small' | 'fill';
}

export function Avatar({ name, size = 'small' }: AvatarProps) {
  return (
    <span
      className={`${styles.avatar} ${styles[size]}`}
      style={{ '--hue': hueOf(name) } as React.CSSProperties}
      aria-hidden
    >
      {initialsOf(name)}
    </span>
  );
}
