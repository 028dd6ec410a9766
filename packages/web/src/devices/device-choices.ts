import type { DeviceInfo } from '@madang/client';
import { useMessages } from '../state/language-store.js';
import type { Choice } from '../ui/select.js';
import { useDeskState } from './desk-context.js';

/** A name for each device: its own, else its number. */
export function nameDevices(devices: readonly DeviceInfo[], numbered: (n: number) => string): readonly Choice[] {
  return devices.map(({ deviceId, label }, ix) => ({ value: deviceId, label: withoutIds(label) || numbered(ix + 1) }));
}

/** Chrome appends USB ids, "(046d:0825)", that tell people nothing. */
function withoutIds(label: string): string {
  return label.replace(/\s*\([0-9a-f]{4}:[0-9a-f]{4}\)$/i, '').trim();
}

export function useDeviceChoices(): Record<'cameras' | 'microphones' | 'speakers', readonly Choice[]> {
  const lists = useDeskState((state) => state.lists);
  const { devices } = useMessages();
  return {
    cameras: nameDevices(lists.cameras, devices.unnamedCamera),
    microphones: nameDevices(lists.microphones, devices.unnamedMicrophone),
    speakers: nameDevices(lists.speakers, devices.unnamedSpeaker),
  };
}
