import { type Deadline, DeadlineHeap } from '../bytes/index.js';
import type { MediaRoom } from './media-room.js';

/** When there is something to do for which room: to look who speaks, to divide its bits. */
export class RoomSchedule {
  readonly #deadlines = new DeadlineHeap<MediaRoom>();
  readonly #byRoom = new Map<MediaRoom, Deadline<MediaRoom>>();

  get size(): number {
    return this.#byRoom.size;
  }

  nextAt(): number | null {
    return this.#deadlines.nextAt();
  }

  /** Something is to be done for a room at `atMs`; what was to be done before stays. */
  set(room: MediaRoom, atMs: number): void {
    const known = this.#byRoom.get(room);
    if (known === undefined) this.#byRoom.set(room, this.#deadlines.add(room, atMs));
    else if (atMs < known.atMs) this.#deadlines.move(known, atMs);
  }

  /** A room whose time has come, which has none until `set` gives it one; null when there is none. */
  due(now: number): MediaRoom | null {
    const due = this.#deadlines.due(now);
    if (due === null) return null;
    this.#byRoom.delete(due.value);
    return due.value;
  }

  remove(room: MediaRoom): void {
    const known = this.#byRoom.get(room);
    if (known !== undefined) this.#deadlines.remove(known);
    this.#byRoom.delete(room);
  }
}
