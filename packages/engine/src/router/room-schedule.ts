import { DeadlineHeap } from '../bytes/index.js';
import type { MediaRoom } from './media-room.js';

/** When there is something to do for which room: to look who speaks, to divide its bits. */
export class RoomSchedule {
  readonly #deadlines = new DeadlineHeap<MediaRoom>();

  get size(): number {
    return this.#deadlines.size;
  }

  nextAt(): number | null {
    return this.#deadlines.nextAt();
  }

  /** Sees to it that a room's time is not missed. Cost where it is known already: a comparison. */
  set(room: MediaRoom): void {
    const { nextAtMs, deadline } = room;
    if (deadline === null) {
      if (nextAtMs < Number.POSITIVE_INFINITY) room.deadline = this.#deadlines.add(room, nextAtMs);
    } else if (nextAtMs < deadline.atMs) this.#deadlines.move(deadline, nextAtMs);
  }

  /** A room whose time has come, which has none until `set` gives it one; null when there is none. */
  due(now: number): MediaRoom | null {
    const due = this.#deadlines.due(now);
    if (due === null) return null;
    due.value.deadline = null;
    return due.value;
  }

  remove(room: MediaRoom): void {
    if (room.deadline !== null) this.#deadlines.remove(room.deadline);
    room.deadline = null;
  }
}
