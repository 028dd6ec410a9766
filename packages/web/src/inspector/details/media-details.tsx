import type { Fact } from '@madang/client';
import { useTexts } from '../inspector-texts.js';
import { type Capture, captures } from '../model/capture-rows.js';
import { durationText } from '../model/elapsed.js';
import styles from './details.module.css';
import { EventList, type TimedEvent } from './event-list.js';

/** What was asked of camera, microphone and screen, and what came of it. */
export function MediaDetails({ facts }: { readonly facts: readonly Fact[] }) {
  const texts = useTexts().inspector;
  const all = captures(facts);
  const history = facts.flatMap((fact) => mediaEvent(fact, texts));
  return (
    <>
      {all.length === 0 && <p className={styles.soft}>{texts.media.nothingAsked}</p>}
      {all.map((capture) => (
        <CaptureBlock key={capture.source} capture={capture} />
      ))}
      {history.length > 0 && (
        <div className={styles.block}>
          <h4 className={styles.heading}>{texts.media.history}</h4>
          <EventList events={history} startMs={0} />
        </div>
      )}
    </>
  );
}

function CaptureBlock({ capture }: { readonly capture: Capture }) {
  const { source, media } = useTexts().inspector;
  return (
    <div className={styles.block}>
      <h4 className={styles.heading}>{source[capture.source]}</h4>
      <Outcome capture={capture} />
      {capture.rows.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{media.property}</th>
              <th scope="col">{media.asked}</th>
              <th scope="col">{media.got}</th>
            </tr>
          </thead>
          {/* Names and values of the browser's, the same in every language. */}
          <tbody translate="no">
            {capture.rows.map(({ name, asked, got }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{asked || '–'}</td>
                <td>{got || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Outcome({ capture: { outcome, askedMs } }: { readonly capture: Capture }) {
  const { media } = useTexts().inspector;
  switch (outcome.state) {
    case 'asked':
      return <p className={styles.soft}>{media.waiting}</p>;
    case 'got':
      return <p>{media.gotDevice(outcome.label, durationText(outcome.atMs - askedMs))}</p>;
    case 'failed':
      return <p className={styles.bad}>{media.failed(outcome.name, outcome.message)}</p>;
  }
}

function mediaEvent(fact: Fact, texts: ReturnType<typeof useTexts>['inspector']): readonly TimedEvent[] {
  const { media, source } = texts;
  const event = (text: string): TimedEvent[] => [{ atMs: fact.atMs, text }];
  if (fact.type === 'media-muted')
    return event(`${source[fact.source]}: ${fact.muted ? media.muted[fact.by] : media.unmuted}`);
  if (fact.type === 'media-ended') return event(`${source[fact.source]}: ${media.ended[fact.by]}`);
  if (fact.type === 'microphone-silent')
    return event(`${source.microphone}: ${fact.silent ? media.silent : media.audible}`);
  return [];
}
