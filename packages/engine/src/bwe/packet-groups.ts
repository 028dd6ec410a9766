/** Packets sent within so long are one group (draft-ietf-rmcat-gcc-02 §5.2), and those that a queue let go at once. */
const BURST_MS = 5;
const LONGEST_BURST_MS = 100;
/** After so many groups that seem to arrive before the one before, the clocks are taken to have jumped. */
const MOST_REORDERED = 3;

/** Times in milliseconds, arrivals by the clock of the receiver. */
interface Group {
  firstSentMs: number;
  lastSentMs: number;
  firstArrivedMs: number;
  lastArrivedMs: number;
}

/**
 * Puts packets together that were sent as one burst, and tells how much later than the group before one was sent and did
 * arrive (draft-ietf-rmcat-gcc-02 §5.2). The grouping by arrival is that of libwebrtc's `InterArrivalDelta`.
 */
export class PacketGroups {
  /** Of the last two whole groups, in milliseconds. */
  sentDeltaMs = 0;
  arrivalDeltaMs = 0;
  #before: Group = emptyGroup();
  #current: Group = emptyGroup();
  #groups = 0;
  #reordered = 0;

  /** A packet has arrived. Returns whether it ended a group, so that there are new deltas. */
  add(sentMs: number, arrivedMs: number): boolean {
    const group = this.#current;
    if (this.#groups === 0) {
      this.#begin(sentMs, arrivedMs);
      return false;
    }
    if (sentMs < group.firstSentMs) return false;
    let hasDeltas = false;
    if (!this.#isOfGroup(sentMs, arrivedMs)) {
      hasDeltas = this.#groups > 1 && this.#compare();
      this.#begin(sentMs, arrivedMs);
    } else {
      group.lastSentMs = Math.max(group.lastSentMs, sentMs);
      group.lastArrivedMs = Math.max(group.lastArrivedMs, arrivedMs);
    }
    return hasDeltas;
  }

  #begin(sentMs: number, arrivedMs: number): void {
    const group = this.#before;
    this.#before = this.#current;
    this.#current = group;
    group.firstSentMs = sentMs;
    group.lastSentMs = sentMs;
    group.firstArrivedMs = arrivedMs;
    group.lastArrivedMs = arrivedMs;
    this.#groups++;
  }

  #isOfGroup(sentMs: number, arrivedMs: number): boolean {
    const { firstSentMs, lastSentMs, firstArrivedMs, lastArrivedMs } = this.#current;
    if (sentMs - firstSentMs <= BURST_MS) return true;
    const arrival = arrivedMs - lastArrivedMs;
    const isCatchingUp = arrival - (sentMs - lastSentMs) < 0;
    return isCatchingUp && arrival <= BURST_MS && arrivedMs - firstArrivedMs < LONGEST_BURST_MS;
  }

  #compare(): boolean {
    const [before, current] = [this.#before, this.#current];
    this.sentDeltaMs = current.lastSentMs - before.lastSentMs;
    this.arrivalDeltaMs = current.lastArrivedMs - before.lastArrivedMs;
    if (this.arrivalDeltaMs >= 0) {
      this.#reordered = 0;
      return true;
    }
    this.#reordered++;
    if (this.#reordered >= MOST_REORDERED) this.#groups = 0;
    return false;
  }
}

function emptyGroup(): Group {
  return { firstSentMs: 0, lastSentMs: 0, firstArrivedMs: 0, lastArrivedMs: 0 };
}
