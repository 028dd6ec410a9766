import { CirclePause, Gauge } from 'lucide-react';
import { useMessages } from '../../state/language-store.js';
import states from '../stage/tile-state.module.css';
import type { PictureNote } from './picture-note.js';
import styles from './picture-sign.module.css';

/** Over a picture that is paused or less sharp than it could be: a sign, and the reason. */
export function PictureSign({ note }: { readonly note: PictureNote }) {
  const { quality } = useMessages();
  if (note.at === 'paused') {
    return (
      <p className={`${states.state} ${states.brief}`} data-sign>
        <CirclePause aria-hidden /> <span>{quality.paused[note.why]}</span>
      </p>
    );
  }
  return (
    <p className={styles.lowered} data-sign>
      <Gauge aria-hidden /> <span>{quality.lowered[note.why]}</span>
    </p>
  );
}
