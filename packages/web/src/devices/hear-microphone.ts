/** What one microphone was heard to give, moment after moment. Immutable. */
export interface Heard {
  /** Of loud moments in a row, since when; undefined while it is quiet. */
  readonly loudSinceMs?: number;
  /** Of digital silence, since when; undefined while there is any sound at all. */
  readonly nothingSinceMs?: number;
  readonly lastLoudMs?: number;
}

/** Linear root mean square. Rooms are far below, somebody who speaks to this microphone is above. */
const LOUD = 0.02;
/** A syllable's pause does not end a sentence. */
const PAUSE_MS = 400;
const SPEAKS_MS = 700;
/** Even a quiet room gives some noise: nothing at all for so long is a fault, or a switch on the device. */
const NOTHING_MS = 5_000;

export const HEARD_NOTHING_YET: Heard = {};

/** Takes the level of this moment in, as `watchLevel` gives it. */
export function hear({ loudSinceMs, lastLoudMs, nothingSinceMs }: Heard, level: number, nowMs: number): Heard {
  const silence = level === 0 ? { nothingSinceMs: nothingSinceMs ?? nowMs } : {};
  if (level >= LOUD) return { loudSinceMs: loudSinceMs ?? nowMs, lastLoudMs: nowMs, ...silence };
  const isPause = loudSinceMs !== undefined && lastLoudMs !== undefined && nowMs - lastLoudMs <= PAUSE_MS;
  return isPause ? { loudSinceMs, lastLoudMs, ...silence } : silence;
}

/** Somebody has been talking to this microphone for a moment. */
export function isTalking({ loudSinceMs, lastLoudMs }: Heard): boolean {
  return loudSinceMs !== undefined && lastLoudMs !== undefined && lastLoudMs - loudSinceMs >= SPEAKS_MS;
}

/** Nothing at all comes from this microphone, not even the noise of the room. */
export function isDead({ nothingSinceMs }: Heard, nowMs: number): boolean {
  return nothingSinceMs !== undefined && nowMs - nothingSinceMs >= NOTHING_MS;
}
