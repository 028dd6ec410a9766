import type { Deadline, DeadlineHeap } from '../bytes/index.js';
import type { Due } from './due.js';

export interface Expiry {
  readonly keepMs: number;
  /** So many are kept at most; beyond them the one kept longest gives way. */
  readonly most: number;
  /** What the deadline of a key is about: whoever hears it come due calls `forget`. */
  readonly due: (key: string) => Due;
}

interface Kept<V> {
  readonly value: V;
  readonly forgottenAt: Deadline<Due>;
}

/** What outlives its owner for a while. */
export class ExpiringMap<V> {
  readonly #deadlines: DeadlineHeap<Due>;
  readonly #expiry: Expiry;
  readonly #byKey = new Map<string, Kept<V>>();

  constructor(deadlines: DeadlineHeap<Due>, expiry: Expiry) {
    this.#deadlines = deadlines;
    this.#expiry = expiry;
  }

  get size(): number {
    return this.#byKey.size;
  }

  get(key: string): V | undefined {
    return this.#byKey.get(key)?.value;
  }

  /** Keeps a value under a key that holds none. */
  keep(key: string, value: V, now: number): void {
    if (this.#byKey.size >= this.#expiry.most) this.#forgetOldest();
    const forgottenAt = this.#deadlines.add(this.#expiry.due(key), now + this.#expiry.keepMs);
    this.#byKey.set(key, { value, forgottenAt });
  }

  /** The value of a key, which is kept no longer. */
  take(key: string): V | undefined {
    const kept = this.#byKey.get(key);
    if (kept === undefined) return undefined;
    this.#deadlines.remove(kept.forgottenAt);
    this.#byKey.delete(key);
    return kept.value;
  }

  /** Its deadline has come due. */
  forget(key: string): void {
    this.#byKey.delete(key);
  }

  #forgetOldest(): void {
    for (const oldest of this.#byKey.keys()) {
      this.take(oldest);
      return;
    }
  }
}
