import type { Deadline, DeadlineHeap } from '../bytes/index.js';
import type { Delivery, MediaRights, MemberId } from '../ports/index.js';
import type { Due } from './due.js';
import { REPLAY_BYTES, REPLAY_MARGIN_MS } from './limits.js';
import type { Member } from './member.js';
import type { EventContent } from './outbox.js';
import type { Room } from './room.js';
import { weigh } from './weight.js';

/** Puts events into the outboxes of members, and what their links shall hear on a pile that is drained. */
export class Post {
  readonly #deadlines: DeadlineHeap<Due>;
  readonly #keepMs: number;
  #deliveries: Delivery[] = [];
  #gone: MemberId[] = [];
  readonly #rights = new Map<MemberId, MediaRights>();

  /** Events are kept for `graceMs` and a margin. */
  constructor(deadlines: DeadlineHeap<Due>, graceMs: number) {
    this.#deadlines = deadlines;
    this.#keepMs = graceMs + REPLAY_MARGIN_MS;
  }

  /** To one member, who need not be connected. */
  send(to: Member, content: EventContent, now: number): void {
    this.#put(to, content, weigh(content, REPLAY_BYTES), now);
  }

  /** To everyone in `room` for whom `includes` holds. */
  broadcast(room: Room, content: EventContent, now: number, includes: (member: Member) => boolean = everyone): void {
    const bytes = weigh(content, REPLAY_BYTES);
    for (const member of room.members.values()) {
      if (includes(member)) this.#put(member, content, bytes, now);
    }
  }

  /** Tells a link that another has taken its member over. */
  replaced(link: string): void {
    this.#deliveries.push({ link, message: { type: 'replaced' } });
  }

  /** A membership has ended, for whatever reason. */
  gone(member: MemberId): void {
    this.#gone.push(member);
  }

  /** Whose memberships have ended since the last `drain`. */
  departed(): readonly MemberId[] {
    return this.#gone;
  }

  /** Something else of a member may be forwarded than before. */
  allowed(rights: MediaRights): void {
    this.#rights.set(rights.member, rights);
  }

  /** What may be forwarded of whom since the last `drain`: of each the last that was said. */
  rights(): readonly MediaRights[] {
    return [...this.#rights.values()];
  }

  /** Everything to deliver since the last call, in order. */
  drain(): Delivery[] {
    const deliveries = this.#deliveries;
    if (deliveries.length > 0) this.#deliveries = [];
    if (this.#gone.length > 0) this.#gone = [];
    this.#rights.clear();
    return deliveries;
  }

  /** Drops the kept events of `member` that nobody will ask for any more. */
  forgetStale(member: Member, now: number): void {
    const oldestMs = member.outbox.forget(this.#keepMs, now);
    member.forgetAt = oldestMs === null ? null : this.#forgetAt(member, oldestMs);
  }

  #put(to: Member, content: EventContent, bytes: number, now: number): void {
    const event = to.outbox.push(content, bytes, now);
    to.forgetAt ??= this.#forgetAt(to, now);
    if (to.presence.kind === 'connected') {
      this.#deliveries.push({ link: to.presence.link, message: { type: 'event', event } });
    }
  }

  #forgetAt(member: Member, pushedMs: number): Deadline<Due> {
    return this.#deadlines.add({ kind: 'replay-stale', member }, pushedMs + this.#keepMs);
  }
}

function everyone(): boolean {
  return true;
}
