/** Longer than any pause of a microphone that works: even a quiet room makes it tremble. */
const SILENT_MS = 3_000;

/** Whether a microphone gives digital silence, and since when no sample was anything but zero. */
export interface Silence {
  readonly silent: boolean;
  /** Monotonic ms; undefined while there is sound, or nothing is measured. */
  readonly sinceMs: number | undefined;
}

export const SOUND: Silence = { silent: false, sinceMs: undefined };

/** One more measured level, 0…1 linear; undefined while the microphone is muted or can't be measured. */
export function silenceStep(state: Silence, level: number | undefined, nowMs: number): Silence {
  if (level === undefined) return SOUND;
  if (level > 0) return SOUND;
  const sinceMs = state.sinceMs ?? nowMs;
  return { silent: nowMs - sinceMs >= SILENT_MS, sinceMs };
}
