/** A probe is at least so many bursts so far apart, and so many bytes: little enough not to fill the line's queue. */
const LEAST_BURSTS = 4;
const STEP_MS = 5;
const LEAST_BYTES = 4_000;
/** A result that does not come in so long after the last burst never does. */
const PATIENCE_MS = 1_000;
/** Where so much less arrives than was sent, the line was full: it is then used not quite to the brim. */
const UNSATURATED = 0.9;
const UTILIZATION = 0.95;
const LEAST_PACKETS = 4;
const LEAST_ARRIVED = 0.8;

/** One probe: everything that was sent from one number to another. */
interface Probe {
  readonly targetBps: number;
  readonly firstNumber: number;
  readonly startBytes: number;
  readonly startedMs: number;
  readonly mostBursts: number;
  bursts: number;
  /** -1 while it is being sent. */
  endNumber: number;
  lastBurstMs: number;
  /** Sent since it began, without the last burst. */
  bytesBefore: number;
}

/**
 * Tries out whether a line takes more than is sent: for 15 ms, or as much longer as is asked for, media and padding together are
 * sent at the rate in question, and what arrives of them, in which time, is what passes. One probe at a time. Times in
 * milliseconds, arrivals by the receiver's clock.
 */
export class Probes {
  /** How many were begun so far, and how many of them told something. */
  begun = 0;
  measured = 0;
  #probe: Probe | null = null;
  #arrived = 0;
  #arrivedBytes = 0;
  #firstBytes = 0;
  #firstMs = 0;
  #lastMs = 0;

  get isPending(): boolean {
    return this.#probe !== null;
  }

  /** When `due` has something to do; infinity when nothing. */
  get nextAtMs(): number {
    const probe = this.#probe;
    if (probe === null) return Number.POSITIVE_INFINITY;
    return probe.endNumber < 0 ? probe.startedMs + probe.bursts * STEP_MS : probe.lastBurstMs + PATIENCE_MS;
  }

  /**
   * Begins one, whose first burst is due at once, for `leastMs` or longer. `next`: the next packet's number, `bytes`: what was
   * sent before it.
   */
  begin(targetBps: number, leastMs: number, next: number, bytes: number, now: number): void {
    this.begun++;
    this.#arrived = 0;
    this.#arrivedBytes = 0;
    this.#probe = {
      targetBps,
      firstNumber: next,
      startBytes: bytes,
      startedMs: now,
      mostBursts: Math.max(
        LEAST_BURSTS,
        Math.ceil((LEAST_BYTES * 8000) / (targetBps * STEP_MS)),
        1 + Math.ceil(leastMs / STEP_MS),
      ),
      bursts: 0,
      endNumber: -1,
      lastBurstMs: now,
      bytesBefore: 0,
    };
  }

  /** How many bytes of padding are to be sent now, given what was sent in all; -1: it is no time for a burst. */
  due(bytes: number, now: number): number {
    const probe = this.#probe;
    if (probe === null || now < this.nextAtMs) return -1;
    if (probe.endNumber >= 0) {
      this.#probe = null;
      return -1;
    }
    probe.bursts++;
    probe.lastBurstMs = now;
    probe.bytesBefore = bytes - probe.startBytes;
    return Math.max(0, (probe.targetBps * STEP_MS * probe.bursts) / 8000 - probe.bytesBefore);
  }

  /** The burst that was due has been written; `next` is the number of the next packet. */
  wrote(next: number): void {
    if (this.#probe !== null && this.#probe.bursts >= this.#probe.mostBursts) this.#probe.endNumber = next;
  }

  /** A packet arrived. Returns whether it is of the probe. */
  arrived(number: number, bytes: number, arrivedMs: number): boolean {
    const probe = this.#probe;
    if (probe === null || number < probe.firstNumber) return false;
    if (probe.endNumber >= 0 && number >= probe.endNumber) return false;
    if (this.#arrived === 0 || arrivedMs < this.#firstMs) {
      this.#firstMs = arrivedMs;
      this.#firstBytes = bytes;
    }
    if (this.#arrived === 0 || arrivedMs > this.#lastMs) this.#lastMs = arrivedMs;
    this.#arrived++;
    this.#arrivedBytes += bytes;
    return true;
  }

  /** Feedback has told of everything before `number`: what the probe has shown, in bits a second; -1: nothing (yet). */
  result(number: number): number {
    const probe = this.#probe;
    if (probe === null || probe.endNumber < 0 || number < probe.endNumber) return -1;
    this.#probe = null;
    const sent = probe.endNumber - probe.firstNumber;
    if (this.#arrived < Math.max(LEAST_PACKETS, LEAST_ARRIVED * sent)) return -1;
    const [sentMs, arrivedMs] = [probe.lastBurstMs - probe.startedMs, this.#lastMs - this.#firstMs];
    if (sentMs <= 0 || arrivedMs <= 0) return -1;
    this.measured++;
    const sentBps = (probe.bytesBefore * 8000) / sentMs;
    const arrivedBps = ((this.#arrivedBytes - this.#firstBytes) * 8000) / arrivedMs;
    return arrivedBps < UNSATURATED * sentBps ? UTILIZATION * arrivedBps : Math.min(sentBps, arrivedBps);
  }
}
