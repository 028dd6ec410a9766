import { Ring } from '../bytes/index.js';
import type { MemberEvent } from '../ports/index.js';
import { REPLAY_BYTES, REPLAY_EVENTS } from './limits.js';

/** An event before it gets the number of its receiver. */
export type EventContent = MemberEvent extends infer E ? (E extends unknown ? Omit<E, 'seq'> : never) : never;

interface Kept {
  readonly event: MemberEvent;
  readonly bytes: number;
  readonly atMs: number;
}

/**
 * Numbers the events of one membership, from 1 without a gap, and keeps the last of them for a resume: at most
 * `REPLAY_EVENTS`, and at most `REPLAY_BYTES` of them.
 */
export class Outbox {
  readonly #kept = new Ring<Kept>(REPLAY_EVENTS);
  #seq = 0;
  #bytes = 0;

  /** The number of the last event; 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  /** What is kept, in bytes as `weigh` counts them. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Numbers an event that weighs `bytes`. */
  push(content: EventContent, bytes: number, now: number): MemberEvent {
    this.#seq++;
    // The number first: with the spread before it V8 takes ten times as long.
    const event = { seq: this.#seq, ...content } as MemberEvent;
    const evicted = this.#kept.push({ event, bytes, atMs: now });
    this.#bytes += bytes - (evicted?.bytes ?? 0);
    while (this.#bytes > REPLAY_BYTES) this.#dropOldest();
    return event;
  }

  /** Drops what is older than `keepMs`; returns when the oldest that remains was pushed, null when none does. */
  forget(keepMs: number, now: number): number | null {
    for (let oldest = this.#kept.at(0); oldest !== undefined; oldest = this.#kept.at(0)) {
      if (oldest.atMs + keepMs > now) return oldest.atMs;
      this.#dropOldest();
    }
    return null;
  }

  /**
   * The events after number `seq`, oldest first. Null when some of them are no longer kept, or when `seq` is one that
   * has not been given yet.
   */
  after(seq: number): MemberEvent[] | null {
    const missed = this.#seq - seq;
    if (missed < 0 || missed > this.#kept.size) return null;
    return this.#kept.slice(this.#kept.size - missed).map((kept) => kept.event);
  }

  #dropOldest(): void {
    this.#bytes -= this.#kept.shift()?.bytes ?? 0;
  }
}
