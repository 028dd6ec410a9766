import { Volume1, Volume2 } from 'lucide-react';
import { useMessages } from '../../state/language-store.js';
import styles from './volume-slider.module.css';
import { setVolume, useVolume } from './volumes.js';

/** How loud a member is for this person. It stands in a dialog: a menu may hold nothing but its items. */
export function VolumeSlider({ memberId }: { readonly memberId: string }) {
  const { tile } = useMessages();
  const volume = useVolume(memberId);
  return (
    <div className={styles.volume}>
      <Volume1 aria-hidden />
      <input
        type="range"
        aria-label={tile.volume}
        min={0}
        max={100}
        step={5}
        value={Math.round(volume * 100)}
        onChange={(event) => setVolume(memberId, Number(event.target.value) / 100)}
      />
      <Volume2 aria-hidden />
    </div>
  );
}
