import type { ReactNode } from 'react';
import { useDeskState } from '../devices/desk-context.js';
import { useMessages } from '../state/language-store.js';
import { Dialog } from '../ui/dialog.js';
import { CameraSettings } from './camera-settings.js';
import { MicrophoneSettings } from './microphone-settings.js';
import styles from './settings.module.css';

interface SettingsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Further sections. */
  readonly children?: ReactNode;
}

/** How picture and sound are taken, and what is done to them. Every change counts at once. */
export function SettingsDialog({ isOpen, onClose, children }: SettingsDialogProps) {
  const { settings } = useMessages();
  useDeskState((state) => state.revision);
  return (
    <Dialog title={settings.heading} isOpen={isOpen} onClose={onClose}>
      <div className={styles.settings}>
        <CameraSettings />
        <MicrophoneSettings />
        {children}
      </div>
    </Dialog>
  );
}
