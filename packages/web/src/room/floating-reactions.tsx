import { useCallState } from '../state/call-context.js';
import styles from './floating-reactions.module.css';

/** Reactions rising over the stage. What they say is announced elsewhere. */
export function FloatingReactions() {
  const reactions = useCallState((state) => state.reactions);
  return (
    <div className={styles.sky} aria-hidden>
      {reactions.map(({ id, name, reaction }) => (
        <div key={id} className={styles.floating} style={{ left: `${8 + ((id * 37) % 60)}%` }}>
          <span className={styles.symbol}>{reaction}</span>
          <span className={styles.name}>{name}</span>
        </div>
      ))}
    </div>
  );
}
