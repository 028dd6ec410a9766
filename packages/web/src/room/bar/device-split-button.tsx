import { ChevronUp, SlidersHorizontal } from 'lucide-react';
import { Fragment } from 'react';
import { useStore } from 'zustand';
import { useDesk, useDeskState } from '../../devices/desk-context.js';
import { useDeviceChoices } from '../../devices/device-choices.js';
import type { DeskSource } from '../../devices/device-desk.js';
import { DeviceToggle, useIsOn } from '../../devices/device-toggle.js';
import { useCall } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { prefer, preferences } from '../../state/preferences.js';
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '../../ui/menu.js';
import styles from './device-split-button.module.css';

interface DeviceSplitButtonProps {
  readonly source: DeskSource;
  readonly shortcut: string;
  /** Only on and off: there is no room for the choice, which “More” has then. */
  readonly isCompact: boolean;
}

/** On and off on the left, which device on the right. */
export function DeviceSplitButton({ source, shortcut, isCompact }: DeviceSplitButtonProps) {
  const call = useCall();
  const { devices, settings } = useMessages();
  const isOn = useIsOn(source, true);
  if (isCompact) {
    return (
      <div className={`${styles.split} ${isOn ? '' : styles.off}`}>
        <DeviceToggle source={source} isInRoom shortcut={shortcut} />
      </div>
    );
  }
  const options = source === 'microphone' ? devices.microphoneOptions : devices.cameraOptions;
  const trigger = (
    <button type="button" className={styles.caret} aria-label={options}>
      <ChevronUp aria-hidden />
    </button>
  );
  return (
    <div className={`${styles.split} ${isOn ? '' : styles.off}`}>
      <DeviceToggle source={source} isInRoom shortcut={shortcut} />
      <Menu side="top" align="start" trigger={trigger}>
        <DeviceMenuItems source={source} />
        <MenuSeparator />
        <MenuItem icon={<SlidersHorizontal aria-hidden />} onSelect={() => call.store.setState({ dialog: 'settings' })}>
          {settings.open}
        </MenuItem>
      </Menu>
    </div>
  );
}

/** Which device to use, as parts of a menu. */
export function DeviceMenuItems({ source }: { readonly source: DeskSource }) {
  return source === 'microphone' ? <SoundChoices /> : <CameraChoices />;
}

function SoundChoices() {
  const desk = useDesk();
  const { devices } = useMessages();
  const { microphones, speakers } = useDeviceChoices();
  const speakerId = useStore(preferences, (state) => state.speakerId);
  useDeskState((state) => state.revision);
  return (
    <>
      <MenuHeading>{microphones.length > 0 ? devices.microphone : devices.noMicrophone}</MenuHeading>
      <MenuChoice
        value={desk.chosen('microphone') ?? microphones[0]?.value}
        choices={microphones}
        onChoose={(id) => void desk.choose('microphone', id)}
      />
      {speakers.length > 0 && (
        <Fragment>
          <MenuSeparator />
          <MenuHeading>{devices.speaker}</MenuHeading>
          <MenuChoice
            value={speakerId ?? speakers[0]?.value}
            choices={speakers}
            onChoose={(id) => prefer({ speakerId: id })}
          />
        </Fragment>
      )}
    </>
  );
}

function CameraChoices() {
  const desk = useDesk();
  const { devices } = useMessages();
  const { cameras } = useDeviceChoices();
  useDeskState((state) => state.revision);
  return (
    <>
      <MenuHeading>{cameras.length > 0 ? devices.camera : devices.noCamera}</MenuHeading>
      <MenuChoice
        value={desk.chosen('camera') ?? cameras[0]?.value}
        choices={cameras}
        onChoose={(id) => void desk.choose('camera', id)}
      />
    </>
  );
}
