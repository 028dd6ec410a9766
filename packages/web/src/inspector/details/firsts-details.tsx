import type { Direction, FirstWhat } from '@madang/client';
import { useTexts } from '../inspector-texts.js';
import { type Connection, factsOf } from '../model/connections.js';
import styles from './details.module.css';
import { EventList, type TimedEvent } from './event-list.js';

const OF_DIRECTION: Record<Direction, readonly FirstWhat[]> = {
  sent: ['packet-sent', 'frame-sent'],
  received: ['packet-received', 'frame-decoded', 'frame-rendered'],
};

/** When the first of everything went or came, and what the page does with it. */
export function FirstsDetails({ direction, connection }: { direction: Direction; connection: Connection }) {
  const { first, playback, source, note } = useTexts().inspector;
  const events = connection.facts.flatMap((fact): TimedEvent[] => {
    if (fact.type === 'first' && OF_DIRECTION[direction].includes(fact.what))
      return [{ atMs: fact.atMs, text: `${source[fact.source]}: ${first[fact.what]}` }];
    if (fact.type === 'playback' && direction === 'received')
      return [{ atMs: fact.atMs, text: `${source[fact.source]}: ${playback[fact.state]}` }];
    return [];
  });
  if (events.length === 0 || factsOf(connection, 'first').length === 0)
    return <p className={styles.soft}>{note.nothing}</p>;
  return <EventList events={events} startMs={connection.openedMs ?? 0} />;
}
