import { ShieldCheck, VideoOff } from 'lucide-react';
import { useStore } from 'zustand';
import { useDesk, useDeskState } from '../../devices/desk-context.js';
import { DeviceToggle } from '../../devices/device-toggle.js';
import { captureSettings } from '../../state/capture-settings.js';
import { useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import { VideoView } from '../../ui/video-view.js';
import styles from './mirror.module.css';

interface MirrorProps {
  /** The browser is going to ask: say so first. */
  readonly mustExplain: boolean;
  readonly hasDevices: boolean;
}

/** One's own picture the way a mirror shows it, and the two switches. */
export function Mirror({ mustExplain, hasDevices }: MirrorProps) {
  const desk = useDesk();
  const { door } = useMessages();
  const camera = useDeskState((state) => state.camera);
  const isOn = useDeskState((state) => state.media.camera === 'on');
  const isMirrored = useStore(captureSettings, (state) => state.mirror);
  useDeskState((state) => state.revision);
  return (
    <div className={styles.mirror}>
      {isOn && <VideoView track={desk.media.tracks.get('camera')} isMirrored={isMirrored} label={door.preview} />}
      {!isOn && mustExplain && (
        <div className={styles.explain}>
          <ShieldCheck size={32} aria-hidden />
          <h2>{door.explainHeading}</h2>
          <p>{door.explain}</p>
          <Button look="primary" onClick={() => void desk.startWanted()}>
            {door.allow}
          </Button>
        </div>
      )}
      {!isOn && !mustExplain && (
        <div className={styles.empty}>
          <VideoOff size={32} aria-hidden />
          <p>{hasDevices ? (camera.at === 'starting' ? door.cameraStarting : door.cameraOff) : door.watching}</p>
        </div>
      )}
      {hasDevices && (
        <div className={styles.switches}>
          <DeviceToggle source="microphone" />
          <DeviceToggle source="camera" />
        </div>
      )}
    </div>
  );
}
