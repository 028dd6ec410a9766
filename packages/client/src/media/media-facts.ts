import type { Source } from '@madang/protocol';
import type { CallRecord } from '../record/index.js';
import type { DeviceError } from './device-error.js';

/** Notes what was asked of a device, and what came of it. */
export async function recordCapture<T>(
  record: CallRecord,
  source: Source,
  constraints: unknown,
  capture: () => Promise<T>,
): Promise<T> {
  record.add({ type: 'media-asked', source, constraints: structuredClone(constraints) });
  try {
    return await capture();
  } catch (error) {
    const { kind, cause, message } = error as DeviceError;
    const own = cause as { readonly name?: string; readonly message?: string } | undefined;
    record.add({ type: 'media-failed', source, kind, name: own?.name ?? '', message: own?.message || message });
    throw error;
  }
}

/** Notes that a source is there, and whenever its device gives nothing for a time, or gives something again. */
export function recordTrack(record: CallRecord, source: Source, track: MediaStreamTrack, muted: boolean): void {
  record.add({ type: 'media-got', source, label: track.label, settings: { ...track.getSettings() } });
  // A microphone that is exchanged while it is muted stays so.
  if (muted) record.add({ type: 'media-muted', source, muted, by: 'person' });
  const note = (bySystem: boolean): void => {
    if (track.readyState === 'live') record.add({ type: 'media-muted', source, muted: bySystem, by: 'system' });
  };
  if (track.muted) note(true);
  track.addEventListener('mute', () => note(true));
  track.addEventListener('unmute', () => note(false));
}
