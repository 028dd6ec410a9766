import { lazy, Suspense } from 'react';
import { ReceptionSettings } from '../settings/reception-settings.js';
import { useCall, useCallState } from '../state/call-context.js';

const SettingsDialog = lazy(() =>
  import('../settings/settings-dialog.js').then((m) => ({ default: m.SettingsDialog })),
);

/** The settings of camera and microphone during the call; loaded when they are first opened. */
export function RoomSettings() {
  const call = useCall();
  const isOpen = useCallState((state) => state.dialog === 'settings');
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <SettingsDialog isOpen onClose={() => call.store.setState({ dialog: null })}>
        <ReceptionSettings />
      </SettingsDialog>
    </Suspense>
  );
}
