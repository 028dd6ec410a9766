/** A gap of more than this, and the packets of a call no longer come steadily. */
const GAP_MS = 450;
/** So long they must have come steadily before their end means anything. */
const STEADY_MS = 1_000;
/**
 * So many looks in a row that find nothing new, each made in time, and they have ceased. Twice as many each time that they
 * came back by themselves, up to the most: a machine that is too busy to send steadily has lost nothing.
 */
const QUIET_LOOKS = 3;
const MOST_QUIET_LOOKS = 24;
/** Between two looks. One that comes much later than it should says more about this page than about the network. */
export const LOOK_MS = 200;
const LATE_MS = 2 * LOOK_MS;

/** Whether packets arrive, as seen by looking every `LOOK_MS`. Times in monotonic ms. */
export interface Flow {
  /** `unsteady`: nothing can be said. */
  readonly at: 'unsteady' | 'flowing' | 'ceased';
  /** Of the last packet of each source, as the browser tells it. */
  readonly newest: number;
  /** Since when they come steadily. */
  readonly steadySince: number;
  readonly arrivedAt: number;
  readonly lookedAt: number;
  readonly quietLooks: number;
  /** Quiet looks after which packets have ceased. */
  readonly enough: number;
}

export function flow(now: number): Flow {
  return {
    at: 'unsteady',
    newest: 0,
    steadySince: now,
    arrivedAt: now,
    lookedAt: now,
    quietLooks: 0,
    enough: QUIET_LOOKS,
  };
}

/**
 * One look. `newest`: a number that grows with every packet that arrives; undefined where the browser does not say.
 * `expected`: whether the other side says that it sends something all the time.
 */
export function flowSeen(before: Flow, newest: number | undefined, expected: boolean, now: number): Flow {
  if (newest === undefined || !expected) return { ...flow(now), enough: before.enough };
  if (newest > before.newest) return arrived(before, newest, now);
  const isLate = now - before.lookedAt > LATE_MS;
  const quietLooks = isLate ? 0 : before.quietLooks + 1;
  const ceased = before.at === 'flowing' && quietLooks >= before.enough;
  return { ...before, at: ceased ? 'ceased' : before.at, quietLooks, lookedAt: now };
}

function arrived(before: Flow, newest: number, now: number): Flow {
  const isSteady = now - before.arrivedAt <= GAP_MS;
  const steadySince = isSteady ? before.steadySince : now;
  const flows = before.at !== 'unsteady' || now - steadySince >= STEADY_MS;
  const at = flows ? 'flowing' : 'unsteady';
  const enough = before.at === 'ceased' ? Math.min(MOST_QUIET_LOOKS, 2 * before.enough) : before.enough;
  return { at, newest, steadySince, arrivedAt: now, lookedAt: now, quietLooks: 0, enough };
}
