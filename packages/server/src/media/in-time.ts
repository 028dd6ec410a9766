import { type Clock, systemClock } from './clock.js';

/** What comes of it within `patienceMs`; null when nothing has by then. Rejects as it does. */
export async function inTime<T>(coming: Promise<T>, patienceMs: number, clock: Clock = systemClock): Promise<T | null> {
  let callOff = () => {};
  const late = new Promise<null>((resolve) => {
    callOff = clock.after(patienceMs, () => resolve(null));
  });
  try {
    return await Promise.race([late, coming]);
  } finally {
    callOff();
  }
}
