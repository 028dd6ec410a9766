import { Camera, Mic, SlidersHorizontal, Volume2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { useMessages } from '../state/language-store.js';
import { prefer, preferences } from '../state/preferences.js';
import { Button } from '../ui/button.js';
import { Select } from '../ui/select.js';
import { useDesk, useDeskState } from './desk-context.js';
import { useDeviceChoices } from './device-choices.js';
import styles from './device-pickers.module.css';
import { LevelMeter } from './level-meter.js';
import { playTestSound } from './test-sound.js';

const SettingsDialog = lazy(() =>
  import('../settings/settings-dialog.js').then((m) => ({ default: m.SettingsDialog })),
);

/** Camera, microphone and speaker, each with a way to see or hear that it works. */
export function DevicePickers() {
  const desk = useDesk();
  const { devices } = useMessages();
  const { cameras, microphones, speakers } = useDeviceChoices();
  const revision = useDeskState((state) => state.revision);
  const speakerId = useStore(preferences, (state) => state.speakerId);
  useStore(preferences);
  return (
    <div className={styles.pickers}>
      <Select
        label={devices.camera}
        icon={<Camera size={20} aria-hidden />}
        choices={cameras}
        value={desk.chosen('camera')}
        placeholder={devices.namesAfterPermission}
        onChoose={(id) => void desk.choose('camera', id)}
      />
      <div className={styles.pair}>
        <Select
          label={devices.microphone}
          icon={<Mic size={20} aria-hidden />}
          choices={microphones}
          value={desk.chosen('microphone')}
          placeholder={devices.namesAfterPermission}
          onChoose={(id) => void desk.choose('microphone', id)}
        />
        <LevelMeter track={desk.media.tracks.get('microphone')} revision={revision} />
      </div>
      <div className={styles.pair}>
        <Select
          label={devices.speaker}
          icon={<Volume2 size={20} aria-hidden />}
          choices={speakers}
          value={speakerId}
          placeholder={devices.defaultSpeaker}
          onChoose={(id) => prefer({ speakerId: id })}
        />
        <TestSoundButton speakerId={speakerId} />
      </div>
      <SettingsButton />
    </div>
  );
}

function SettingsButton() {
  const { settings } = useMessages();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button look="quiet" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <SlidersHorizontal size={20} aria-hidden />
        {settings.open}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <SettingsDialog isOpen onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function TestSoundButton({ speakerId }: { readonly speakerId: string | undefined }) {
  const { devices } = useMessages();
  const [isPlaying, setIsPlaying] = useState(false);
  const play = () => {
    setIsPlaying(true);
    playTestSound(speakerId)
      .catch(() => {})
      .finally(() => setIsPlaying(false));
  };
  return (
    <Button disabled={isPlaying} onClick={play}>
      {isPlaying ? devices.testPlaying : devices.testSpeaker}
    </Button>
  );
}
