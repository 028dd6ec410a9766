import { RateMeter } from '../stream/index.js';

/** A publisher who sends so much more than it may, for so long, is not forwarded until it obeys. */
const TOLERANCE = 1.5;
const PATIENCE_MS = 3000;

interface Share {
  readonly capBps: number;
  readonly meter: RateMeter;
  /** Since when it sends too much; -1 while it does not. */
  sinceMs: number;
  grantedBps: number;
}

/**
 * How many bits a second each publisher of a room may send: its own cap, and its part of the room's. What some leave of
 * their part the others may use. What is granted is for the publisher to be told (REMB); who does not heed it is cut off.
 */
export class RateCaps<Id> {
  readonly #roomBps: number;
  readonly #shares = new Map<Id, Share>();

  /** Infinity for no limit. */
  constructor(roomBps: number) {
    this.#roomBps = roomBps;
  }

  /** `capBps` is the publisher's own; infinity for none. Give what it returns what the publisher sends. */
  add(id: Id, capBps: number): RateMeter {
    const meter = new RateMeter();
    this.#shares.set(id, { capBps, meter, sinceMs: -1, grantedBps: capBps });
    return meter;
  }

  remove(id: Id): void {
    this.#shares.delete(id);
  }

  /** What a publisher may send as of the last `divide`; infinity without limit. */
  grantedBps(id: Id): number {
    return this.#shares.get(id)?.grantedBps ?? 0;
  }

  /** Whether a publisher has not heeded its limit for too long, and still does not. */
  isCutOff(id: Id, now: number): boolean {
    const { sinceMs } = this.#shares.get(id) ?? { sinceMs: -1 };
    return sinceMs >= 0 && now - sinceMs >= PATIENCE_MS;
  }

  /**
   * Divides the room's bits anew; about once a second. From the most modest to the greediest each gets an even part of
   * what is left, but not more than its cap, or than twice what it uses: it can grow, and the rest is the others'.
   */
  divide(now: number): void {
    const wanted = [...this.#shares.values()].map((share) => ({ share, bps: mostOf(share, now) }));
    wanted.sort((a, b) => a.bps - b.bps);
    let left = this.#roomBps;
    wanted.forEach(({ share, bps }, ix) => {
      const part = left / (wanted.length - ix);
      share.grantedBps = Math.min(share.capBps, part);
      left -= Math.min(part, bps);
      const isTooMuch = share.meter.bps(now) > share.grantedBps * TOLERANCE;
      if (!isTooMuch) share.sinceMs = -1;
      else if (share.sinceMs < 0) share.sinceMs = now;
    });
  }
}

/** The least that is asked for by who sends next to nothing: room to begin. */
const LEAST_BPS = 100_000;

function mostOf({ capBps, meter }: Share, now: number): number {
  return Math.min(capBps, Math.max(LEAST_BPS, 2 * meter.bps(now)));
}
