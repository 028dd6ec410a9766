import type { Fact } from '@madang/client';
import { useTexts } from '../inspector-texts.js';
import styles from './details.module.css';
import { EventList, type TimedEvent } from './event-list.js';

/** How the connection to the server came about, and what it told. */
export function SignalingDetails({ facts }: { readonly facts: readonly Fact[] }) {
  const { signaling } = useTexts().inspector;
  const events = facts.flatMap((fact): TimedEvent[] => {
    if (fact.type !== 'signaling') return [];
    const more = [fact.transport && signaling.transport[fact.transport], fact.code].filter(Boolean);
    const text = signaling.state[fact.state];
    return [{ atMs: fact.atMs, text: more.length > 0 ? `${text} (${more.join(', ')})` : text }];
  });
  const servers = facts.findLast((fact) => fact.type === 'ice-servers');
  return (
    <>
      <EventList events={events} startMs={0} />
      {servers && (
        <div className={styles.block}>
          <h4 className={styles.heading}>{signaling.iceServers}</h4>
          <p className={styles.mono}>{servers.urls.length > 0 ? servers.urls.join(', ') : signaling.noIceServers}</p>
        </div>
      )}
    </>
  );
}
