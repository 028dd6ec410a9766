import type { Deadline, DeadlineHeap } from '../bytes/index.js';
import { ChatHistory } from './chat-history.js';
import type { Due } from './due.js';

interface KeptChat {
  readonly history: ChatHistory;
  readonly forgottenAt: Deadline<Due>;
}

/** Chat histories that outlive their rooms for a while, for whoever comes next. At most `maxRooms` of them. */
export class KeptChats {
  readonly #deadlines: DeadlineHeap<Due>;
  readonly #keepMs: number;
  readonly #maxRooms: number;
  readonly #byRoom = new Map<string, KeptChat>();

  constructor(deadlines: DeadlineHeap<Due>, keepMs: number, maxRooms: number) {
    this.#deadlines = deadlines;
    this.#keepMs = keepMs;
    this.#maxRooms = maxRooms;
  }

  get size(): number {
    return this.#byRoom.size;
  }

  /** Keeps the history of a room that has just lost its last member. The one kept longest gives way if need be. */
  keep(room: string, history: ChatHistory, now: number): void {
    if (this.#keepMs <= 0 || history.isEmpty) return;
    if (this.#byRoom.size >= this.#maxRooms) this.#forgetOldest();
    const forgottenAt = this.#deadlines.add({ kind: 'chat-forgotten', room }, now + this.#keepMs);
    this.#byRoom.set(room, { history, forgottenAt });
  }

  /** The history to go on with in a room that opens: the kept one, or an empty one. */
  take(room: string): ChatHistory {
    const kept = this.#byRoom.get(room);
    if (kept === undefined) return new ChatHistory();
    this.#deadlines.remove(kept.forgottenAt);
    this.#byRoom.delete(room);
    return kept.history;
  }

  forget(room: string): void {
    this.#byRoom.delete(room);
  }

  #forgetOldest(): void {
    for (const oldest of this.#byRoom.keys()) {
      this.take(oldest);
      return;
    }
  }
}
