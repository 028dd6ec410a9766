/** What one picture may have of a line. Rates in bits a second. */
export interface Share {
  /** More important ones are served first: 0, 1, 2. */
  priority: number;
  /** Pixels of the place where it is shown; of equally important ones the larger is served first. */
  area: number;
  /** What each of its levels takes, from the least to what is wished; empty where nothing flows. */
  readonly levels: number[];
  /** The level that it has, changed by `split`; -1: none. */
  level: number;
  /** Until then it does not get more. */
  heldUntilMs: number;
  /** The level that it lost last, until when it does not get that again, and how long that was; 0 before. */
  lostLevel: number;
  lostUntilMs: number;
  lostMs: number;
  /** When it was given more last. */
  raisedMs: number;
}

/** Of a picture that has nothing yet, and has lost nothing. */
export function freshShare(): Share {
  return {
    priority: 1,
    area: 0,
    levels: [],
    level: -1,
    heldUntilMs: 0,
    lostLevel: 0,
    lostUntilMs: 0,
    lostMs: 0,
    raisedMs: Number.NEGATIVE_INFINITY,
  };
}

/** More is given only where so much more is left than it takes. */
const ROOM = 1.15;
/** A picture is not taken away for a little: an estimate goes up and down. */
const LEAST_PART = 0.85;
/** Who was given less does not get more for so long: what flaps costs keyframes. */
const HOLD_MS = 2_000;
/**
 * A level that was had only for so short a time is tried again after twice as long as before, up to the most; those below are not,
 * nor is the lowest.
 */
const SHORT_MS = 10_000;
const MOST_LOST_MS = 8_000;
/** One that stands still altogether is worse than a keyframe too many. */
const STILL_HOLD_MS = 500;

/**
 * Divides `bps` among pictures: the lowest level for each, as far as it goes by importance, then level by level more, the
 * most important first and those of one importance in turn. What is had already is kept before more is given. Where
 * `bps` is less than `steadyBps` only for a while, nobody loses the lowest level because of that.
 *
 * Returns whether every one has its highest level.
 */
export function split(shares: readonly Share[], bps: number, steadyBps: number, now: number): boolean {
  const order = [...shares].sort((a, b) => b.priority - a.priority || b.area - a.area);
  const before = order.map(({ level }) => level);
  let left = Math.max(bps, steadyBps);
  for (const share of order) {
    const had = share.level;
    share.level = -1;
    left -= take(share, 0, had, left, now);
  }
  left -= Math.max(0, steadyBps - bps);
  for (let priority = 2; priority >= 0; priority--) {
    for (let isGiving = true; isGiving; ) {
      isGiving = false;
      for (const [ix, share] of order.entries()) {
        if (share.priority !== priority || share.level < 0) continue;
        const taken = take(share, share.level + 1, before[ix]!, left, now);
        left -= taken;
        if (taken > 0) isGiving = true;
      }
    }
  }
  for (const [ix, share] of order.entries()) {
    if (share.level > before[ix]!) share.raisedMs = now;
    if (share.level < before[ix]!) hold(share, before[ix]!, now);
  }
  return order.every(({ level, levels }) => level === levels.length - 1);
}

/** A picture had `level` and has been given less: it does not get more for a while, and that level perhaps for longer. */
function hold(share: Share, level: number, now: number): void {
  // What falls on while it is held has fallen once.
  if (now >= share.heldUntilMs) {
    const isAgain = level > 0 && share.lostMs > 0 && level >= share.lostLevel;
    const isSoon = isAgain && now - share.raisedMs < SHORT_MS;
    share.lostMs = isSoon ? Math.min(MOST_LOST_MS, 2 * share.lostMs) : HOLD_MS;
    share.lostLevel = level;
    share.lostUntilMs = isSoon ? now + share.lostMs : 0;
  }
  share.heldUntilMs = now + (share.level < 0 ? STILL_HOLD_MS : HOLD_MS);
}

/** Gives a picture a level, when that fits into what is left. Returns what it takes more; 0 when it does not get it. */
function take(share: Share, level: number, had: number, left: number, now: number): number {
  const { levels } = share;
  if (level >= levels.length) return 0;
  const isMore = level > had;
  if (isMore && (now < share.heldUntilMs || (level >= share.lostLevel && now < share.lostUntilMs))) return 0;
  const step = Math.max(1, levels[level]! - (level > 0 ? levels[level - 1]! : 0));
  if (step * (isMore ? ROOM : level === 0 ? LEAST_PART : 1) > left) return 0;
  share.level = level;
  return step;
}
