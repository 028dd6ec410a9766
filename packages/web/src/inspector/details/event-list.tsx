import { elapsedText } from '../model/elapsed.js';
import styles from './details.module.css';

export interface TimedEvent {
  readonly atMs: number;
  readonly text: string;
}

/** What happened when, oldest first. */
export function EventList({ events, startMs }: { readonly events: readonly TimedEvent[]; readonly startMs: number }) {
  return (
    <ol className={styles.events}>
      {events.map(({ atMs, text }, ix) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end
        <li key={ix}>
          <time>{elapsedText(atMs, startMs)}</time>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
