import { type Deadline, DeadlineHeap } from '../bytes/index.js';
import type { Peer } from '../peer/index.js';
import { type RowWriter, ViewerLine } from '../sfu/index.js';
import type { ViewSection } from './view-section.js';

interface Entry {
  readonly peer: Peer;
  readonly line: ViewerLine;
  deadline: Deadline<Entry> | null;
}

/** The lines to all who are sent something, and when each is to be looked at. */
export class Lines {
  readonly #entries = new Map<Peer, Entry>();
  readonly #deadlines = new DeadlineHeap<Entry>();

  get size(): number {
    return this.#entries.size;
  }

  nextAt(): number | null {
    return this.#deadlines.nextAt();
  }

  /** What stands in `sections` is fitted to the peer's line from now on. */
  enter(peer: Peer, sections: ReadonlyMap<string, ViewSection>, now: number): void {
    if (this.#entries.has(peer)) return;
    const line = new ViewerLine(peer.sending.bandwidth, () => subscriptionsIn(sections));
    const entry: Entry = { peer, line, deadline: null };
    this.#entries.set(peer, entry);
    entry.deadline = this.#deadlines.add(entry, now);
    // Something waits for its line: that is due before what was next.
    const { pace } = peer.sending.bandwidth;
    pace.onFirst = () => this.#notLaterThan(entry, pace.nextAtMs);
  }

  leave(peer: Peer): void {
    const entry = this.#entries.get(peer);
    if (entry === undefined) return;
    if (entry.deadline !== null) this.#deadlines.remove(entry.deadline);
    this.#entries.delete(peer);
  }

  /** A peer has reported: when less passes now than it is given, it is looked at before its time. */
  heard(peer: Peer, now: number): void {
    const entry = this.#entries.get(peer);
    if (entry?.line.isShort(now)) this.#notLaterThan(entry, now);
  }

  #notLaterThan({ deadline }: Entry, atMs: number): void {
    if (deadline !== null && atMs < deadline.atMs) this.#deadlines.move(deadline, atMs);
  }

  /** Does what is due for all. */
  tick(now: number, writer: RowWriter): void {
    for (let due = this.#deadlines.due(now); due !== null; due = this.#deadlines.due(now)) {
      const entry = due.value;
      entry.line.tend(now, writer);
      entry.deadline = this.#deadlines.add(entry, Math.max(entry.line.nextAtMs, now + 1));
    }
  }
}

function* subscriptionsIn(sections: ReadonlyMap<string, ViewSection>) {
  for (const { subscription } of sections.values()) if (subscription !== null) yield subscription;
}
