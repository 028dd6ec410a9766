import { MicOff, MicVocal, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '../devices/desk-context.js';
import { MicrophoneHints } from '../devices/microphone-hints.js';
import { useMessages } from '../state/language-store.js';
import styles from './banners.module.css';

/** Hints about the own microphone, for as long as one is in the room. */
export function MicrophoneBanners() {
  const desk = useDesk();
  const [hints, setHints] = useState<MicrophoneHints>();
  useEffect(() => {
    const opened = new MicrophoneHints(desk);
    setHints(opened);
    return () => opened.close();
  }, [desk]);
  return hints === undefined ? null : <Shown hints={hints} />;
}

function Shown({ hints }: { readonly hints: MicrophoneHints }) {
  const desk = useDesk();
  const { app, devices, microphoneHints } = useMessages();
  const { talkingWhileMuted, noSound, mutedBySystem } = useStore(hints.store);
  const text = talkingWhileMuted
    ? microphoneHints.talkingWhileMuted
    : mutedBySystem
      ? microphoneHints.mutedBySystem
      : noSound
        ? microphoneHints.noSound
        : null;
  // The place is always there: what appears in it is read out.
  return (
    <div role="status">
      {text !== null && (
        <div className={`${styles.banner} ${talkingWhileMuted ? '' : styles.warning}`} data-hint="microphone">
          {talkingWhileMuted ? <MicVocal aria-hidden /> : <MicOff aria-hidden />}
          <span>{text}</span>
          {talkingWhileMuted && (
            <button type="button" onClick={() => void desk.toggle('microphone', true)}>
              {devices.unmute}
            </button>
          )}
          <button type="button" aria-label={app.dismiss} onClick={() => hints.dismiss()}>
            <X size={18} aria-hidden />
          </button>
        </div>
      )}
    </div>
  );
}
