import { type LocalTrack, watchLevel } from '@madang/client';
import { useEffect, useState } from 'react';
import { useMessages } from '../state/language-store.js';
import styles from './level-meter.module.css';

const BARS = 16;

/** How loud the microphone is right now, so that one sees that it works. */
export function LevelMeter({ track, revision }: { readonly track: LocalTrack | undefined; readonly revision: number }) {
  const { devices } = useMessages();
  const [level, setLevel] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same LocalTrack has another device after a switch
  useEffect(() => {
    setLevel(0);
    if (!track) return;
    return watchLevel(track.mediaStreamTrack, setLevel, 80);
  }, [track, revision]);
  const lit = track && !track.muted ? Math.round(level * BARS) : 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw a meter element their own way, without bars
    <div
      className={styles.meter}
      role="meter"
      aria-label={devices.level}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((lit / BARS) * 100)}
    >
      {Array.from({ length: BARS }, (_, ix) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are places, not things
        <span key={ix} className={ix < lit ? styles.lit : undefined} />
      ))}
    </div>
  );
}
