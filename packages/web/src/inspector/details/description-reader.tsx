import { lazy, Suspense, useId, useState } from 'react';
import { useTexts } from '../inspector-texts.js';
import { type Connection, factsOf, type PeerFactOf } from '../model/connections.js';
import { elapsedText } from '../model/elapsed.js';
import { sdpSections } from '../model/sdp-sections.js';
import styles from './sdp.module.css';
import { SdpSectionView } from './sdp-section-view.js';

// What compares texts is loaded by whoever compares.
const SdpDifference = lazy(() => import('./sdp-difference-view.js').then((m) => ({ default: m.SdpDifferenceView })));

type Description = PeerFactOf<'description'>;

interface DescriptionReaderProps {
  readonly kind: 'offer' | 'answer';
  readonly connection: Connection;
}

/** The descriptions that went between the two, each to be read by its sections or compared with another. */
export function DescriptionReader({ kind, connection }: DescriptionReaderProps) {
  const { sdp } = useTexts().inspector;
  const all = factsOf(connection, 'description');
  const newest = all.findLast((description) => description.kind === kind);
  const [chosenMs, choose] = useState<number>();
  const [otherMs, compareWith] = useState<number>();
  const shown = all.find(({ atMs }) => atMs === chosenMs) ?? newest;
  const other = all.find(({ atMs }) => atMs === otherMs);
  if (shown === undefined) return <p className={styles.soft}>{sdp.none}</p>;
  return (
    <div className={styles.reader}>
      <div className={styles.pickers}>
        <DescriptionPicker label={sdp.choose} of={connection} all={all} value={shown} onPick={choose} />
        <DescriptionPicker
          label={sdp.compare}
          of={connection}
          all={all.filter((description) => description !== shown)}
          value={other}
          onPick={compareWith}
          mayBeNothing
        />
      </div>
      {other && other !== shown ? (
        <Suspense fallback={<p className={styles.soft}>{sdp.loading}</p>}>
          <SdpDifference before={other.sdp} after={shown.sdp} />
        </Suspense>
      ) : (
        sdpSections(shown.sdp).map((section, ix) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a description never changes
          <SdpSectionView key={`${shown.atMs} ${ix}`} section={section} />
        ))
      )}
    </div>
  );
}

interface DescriptionPickerProps {
  readonly label: string;
  readonly of: Connection;
  readonly all: readonly Description[];
  readonly value: Description | undefined;
  readonly mayBeNothing?: boolean;
  readonly onPick: (atMs: number | undefined) => void;
}

/** A plain list box: the inspector may stand in a shadow tree, where menus of ours would have no styles. */
function DescriptionPicker({ label, of, all, value, mayBeNothing = false, onPick }: DescriptionPickerProps) {
  const { sdp } = useTexts().inspector;
  const id = useId();
  return (
    <div className={styles.picker}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value?.atMs ?? ''}
        onChange={({ target }) => onPick(target.value === '' ? undefined : Number(target.value))}
      >
        {mayBeNothing && <option value="">{sdp.nothing}</option>}
        {all.map(({ kind, direction, atMs }) => (
          <option key={atMs} value={atMs}>
            {sdp.item(sdp.kind[kind], sdp.direction[direction], elapsedText(atMs, of.openedMs ?? 0))}
          </option>
        ))}
      </select>
    </div>
  );
}
