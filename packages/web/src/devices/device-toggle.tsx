import { LoaderCircle, Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { useStore } from 'zustand';
import { useMessages } from '../state/language-store.js';
import { preferences } from '../state/preferences.js';
import { Tooltip } from '../ui/tooltip.js';
import { useDesk, useDeskState } from './desk-context.js';
import type { DeskSource } from './device-desk.js';
import styles from './device-toggle.module.css';

interface DeviceToggleProps {
  readonly source: DeskSource;
  /** In a room what counts is what is on; before it, a wish counts too while the device is not open yet. */
  readonly isInRoom?: boolean;
  readonly shortcut?: string;
}

const ICONS = { microphone: { on: Mic, off: MicOff }, camera: { on: Video, off: VideoOff } };

/** Whether the source is on, or will be as soon as it is opened. */
export function useIsOn(source: DeskSource, isInRoom: boolean): boolean {
  const state = useDeskState(({ media }) => media[source]);
  const status = useDeskState((desk) => desk[source].at);
  const isWanted = useStore(preferences, (wishes) =>
    source === 'camera' ? wishes.wantsCamera : wishes.wantsMicrophone,
  );
  if (state !== 'off') return state === 'on';
  return !isInRoom && isWanted && status !== 'failed';
}

export function DeviceToggle({ source, isInRoom = false, shortcut }: DeviceToggleProps) {
  const desk = useDesk();
  const { devices } = useMessages();
  const isOn = useIsOn(source, isInRoom);
  const status = useDeskState((state) => state[source].at);
  const labels = source === 'microphone' ? [devices.mute, devices.unmute] : [devices.turnOff, devices.turnOn];
  const label = (isOn ? labels[0] : labels[1]) ?? '';
  const Icon = status === 'starting' && isInRoom ? LoaderCircle : ICONS[source][isOn ? 'on' : 'off'];
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        className={`${styles.toggle} ${isOn ? '' : styles.off} ${isInRoom ? styles.inRoom : ''}`}
        aria-label={label}
        onClick={() => void desk.toggle(source, !isOn)}
      >
        <Icon aria-hidden className={Icon === LoaderCircle ? styles.spins : undefined} />
        {status === 'failed' && (
          <span className={styles.failed} aria-hidden>
            !
          </span>
        )}
      </button>
    </Tooltip>
  );
}
