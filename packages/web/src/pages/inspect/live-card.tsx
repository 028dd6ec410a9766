import { Radio } from 'lucide-react';
import type { LiveCall } from '../../inspector/live/live-message.js';
import { useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import styles from './inspect-page.module.css';

interface LiveCardProps {
  readonly calls: readonly LiveCall[];
  readonly onWatch: (call: LiveCall) => void;
}

/** The calls that can be watched. */
export function LiveCard({ calls, onWatch }: LiveCardProps) {
  const { page } = useMessages().inspector;
  return (
    <section className={styles.card} aria-label={page.live}>
      <h2>{page.live}</h2>
      {calls.length === 0 && <p className={styles.soft}>{page.noCalls}</p>}
      <ul className={styles.calls}>
        {calls.map((call) => (
          <li key={call.id}>
            <span>{page.call(call.room, call.name)}</span>
            <Button aria-label={`${page.watch}: ${page.call(call.room, call.name)}`} onClick={() => onWatch(call)}>
              <Radio aria-hidden />
              {page.watch}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
