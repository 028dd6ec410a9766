/** What is let go at once after a rest: for so long at the rate, and never less than two packets. */
const BURST_MS = 20;
const LEAST_BURST_BYTES = 3_000;
/** A little above the estimate, so that what waits gets out of the way of what comes next. */
const FACTOR = 1.2;
/** Nothing waits longer: more than can go meanwhile goes faster. */
const LONGEST_MS = 250;
/** What waits is looked at so often. */
const STEP_MS = 10;

/**
 * When packets of pictures may go to one receiver whose line has little to spare: not much faster than the line takes them,
 * so that a large picture does not fill the queue in front of it, which sound would stand in as well. It knows of amounts alone;
 * the packets are kept by whoever sends them. Times in milliseconds.
 */
export class Pace {
  /** Packets that wait now, and how many have had to so far. */
  waiting = 0;
  waited = 0;
  /** When some of those that wait may go; infinity while none do. */
  nextAtMs = Number.POSITIVE_INFINITY;
  /** Told of the first one that has to wait. */
  onFirst: () => void = () => {};
  #bps = Number.POSITIVE_INFINITY;
  /** What those that wait, and what was sent before them, call for; 0 while none do. */
  #urgentBps = 0;
  #waitingBytes = 0;
  /** What may be sent more; below zero: what was sent too much. */
  #creditBytes = LEAST_BURST_BYTES;
  #countedBytes = 0;
  #atMs = 0;

  /**
   * From now on packets may have to wait, on a line that takes `bps` bits a second: whatever was sent before they did counts no
   * more. `sentBytes` as for `mayGo`.
   */
  begin(bps: number, sentBytes: number, now: number): void {
    this.#bps = FACTOR * bps;
    this.#countedBytes = sentBytes;
    this.#atMs = now;
    this.#creditBytes = burstBytes(this.#bps);
  }

  /** From now on the line takes `bps`; until now it took what was said before. */
  change(bps: number, sentBytes: number, now: number): void {
    this.#settle(sentBytes, now);
    this.#bps = FACTOR * bps;
  }

  /** Whether a packet may go now, given the bytes of all that were sent so far, also of those that never wait. */
  mayGo(sentBytes: number, now: number): boolean {
    this.#settle(sentBytes, now);
    return this.#creditBytes > 0;
  }

  #settle(sentBytes: number, now: number): void {
    const bps = Math.max(this.#bps, this.#urgentBps);
    const leastBytes = (-bps * LONGEST_MS) / 8000;
    const credit = this.#creditBytes + (bps * (now - this.#atMs)) / 8000 - (sentBytes - this.#countedBytes);
    this.#creditBytes = Math.max(leastBytes, Math.min(burstBytes(bps), credit));
    this.#countedBytes = sentBytes;
    this.#atMs = now;
  }

  /** A packet of `bytes` has to wait. */
  wait(bytes: number, now: number): void {
    this.waiting++;
    this.waited++;
    this.#waitingBytes += bytes;
    // What was sent too much goes out of the way first.
    const aheadBytes = this.#waitingBytes - Math.min(0, this.#creditBytes);
    this.#urgentBps = Math.max(this.#urgentBps, (aheadBytes * 8000) / LONGEST_MS);
    if (this.waiting > 1) return;
    this.nextAtMs = now + STEP_MS;
    this.onFirst();
  }

  /** So many that waited, of so many bytes, have gone, or will never go. */
  gone(packets: number, bytes: number): void {
    this.waiting -= packets;
    this.#waitingBytes -= bytes;
    if (this.waiting > 0) return;
    this.#waitingBytes = 0;
    this.#urgentBps = 0;
    this.nextAtMs = Number.POSITIVE_INFINITY;
  }

  /** All that may go now has gone. */
  rest(now: number): void {
    if (this.waiting > 0) this.nextAtMs = now + STEP_MS;
  }
}

/** What may go at once after a rest. */
function burstBytes(bps: number): number {
  return Math.max(LEAST_BURST_BYTES, (bps * BURST_MS) / 8000);
}
