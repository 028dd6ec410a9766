/** Linear level above which somebody speaks, and the lower one below which a pause begins: between them all stays. */
const LOUD = 0.03;
const QUIET = 0.012;
/** A pause between words is shorter than this. */
const PAUSE_MS = 700;

export interface Speaking {
  readonly speaking: boolean;
  /** Monotonic ms at which it was last not quiet. */
  readonly heardAt: number;
}

export const SILENT: Speaking = { speaking: false, heardAt: Number.NEGATIVE_INFINITY };

/** Decides from one more measured level, 0…1 linear, whether somebody speaks. */
export function speakingStep(state: Speaking, level: number, now: number): Speaking {
  if (level >= LOUD) return { speaking: true, heardAt: now };
  if (!state.speaking) return state;
  if (level >= QUIET) return { speaking: true, heardAt: now };
  return now - state.heardAt > PAUSE_MS ? { speaking: false, heardAt: state.heardAt } : state;
}
