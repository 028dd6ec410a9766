import { preferences } from '../state/preferences.js';
import type { DeskSource, DeviceDesk } from './device-desk.js';

const SOURCES: readonly DeskSource[] = ['camera', 'microphone'];

/**
 * Starts a device by itself once the person has allowed it after all, in the browser's own settings, until the returned
 * function is called. Browsers that don't tell of such a change leave it to the button.
 */
export function followPermissions(desk: DeviceDesk): () => void {
  const over = new AbortController();
  for (const source of SOURCES) {
    navigator.permissions
      ?.query({ name: source as PermissionName })
      .then((status) =>
        status.addEventListener('change', () => onChange(desk, source, status.state), { signal: over.signal }),
      )
      .catch(() => {});
  }
  return () => over.abort();
}

function onChange(desk: DeviceDesk, source: DeskSource, state: PermissionState): void {
  const status = desk.store.getState()[source];
  const { wantsCamera, wantsMicrophone } = preferences.getState();
  const isWanted = source === 'camera' ? wantsCamera : wantsMicrophone;
  const isRefused = status.at === 'failed' && status.kind === 'denied';
  if (state === 'granted' && isRefused && isWanted) void desk.start(source);
}
