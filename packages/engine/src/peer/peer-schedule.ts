import { DeadlineHeap } from '../bytes/index.js';
import type { Peer } from './peer.js';

/**
 * When there is something to do for which peer. Times are set anew once a batch, for those that something came of or that
 * something was asked for, and only to earlier ones: a time that comes too early finds nothing to do.
 */
export class PeerSchedule {
  readonly #deadlines = new DeadlineHeap<Peer>();
  readonly #touched: Peer[] = [];

  /** How many peers have a time. */
  get size(): number {
    return this.#deadlines.size;
  }

  nextAt(): number | null {
    return this.#deadlines.nextAt();
  }

  /** A peer whose time may have changed; `settle` looks. */
  touch(peer: Peer): void {
    if (peer.isTouched) return;
    peer.isTouched = true;
    this.#touched.push(peer);
  }

  settle(): void {
    for (const peer of this.#touched) {
      peer.isTouched = false;
      if (peer.state !== 'closed') this.set(peer);
    }
    this.#touched.length = 0;
  }

  set(peer: Peer): void {
    const atMs = peer.nextAtMs();
    if (peer.deadline === null) peer.deadline = this.#deadlines.add(peer, atMs);
    else if (atMs < peer.deadline.atMs) this.#deadlines.move(peer.deadline, atMs);
  }

  /** Takes out a peer whose time has come; null when there is none. It has no time until `set` gives it one. */
  due(now: number): Peer | null {
    const due = this.#deadlines.due(now);
    if (due === null) return null;
    due.value.deadline = null;
    return due.value;
  }

  remove(peer: Peer): void {
    if (peer.deadline !== null) this.#deadlines.remove(peer.deadline);
    peer.deadline = null;
  }
}
