import type { MemberId } from '@madang/engine';
import { ClassicMembership } from './classic-membership.js';
import type { Page } from './page.js';

/** Rooms that one page may be in: a chat and a signaling room, and as many again. */
const MOST_ROOMS = 4;

/** The rooms that a page of the classic lesson is in. */
export class ClassicPage {
  readonly page: Page;
  /** By room name, in the order in which the page asked for them. */
  readonly #memberships = new Map<string, ClassicMembership>();
  #entries = 0;

  constructor(page: Page) {
    this.page = page;
  }

  get taken(): boolean {
    return this.#memberships.size > 0;
  }

  /** Who it is in the first of its rooms; null when it is in none. */
  get member(): MemberId | null {
    for (const { member } of this.#memberships.values()) if (member !== '') return member;
    return null;
  }

  has(room: string): boolean {
    return this.#memberships.has(room);
  }

  /** A new membership, not yet joined; undefined when the page is in as many rooms as it may. */
  add(room: string): ClassicMembership | undefined {
    if (this.#memberships.size >= MOST_ROOMS) return undefined;
    this.#entries += 1;
    const link = `${this.page.id}#classic${this.#entries}`;
    const membership = new ClassicMembership(this.page, room, link, () => {
      this.#memberships.delete(room);
      this.page.cameOut();
    });
    this.#memberships.set(room, membership);
    return membership;
  }

  drop(membership: ClassicMembership): void {
    this.#memberships.delete(membership.room);
    membership.abandon();
  }

  /**
   * Where a message belongs: the room it names, or else the first (of a pair, the one to chat in) or the last (the one
   * to signal in).
   */
  find(room: string | undefined, or: 'first' | 'last'): ClassicMembership | undefined {
    if (room !== undefined) return this.#memberships.get(room);
    return [...this.#memberships.values()].at(or === 'first' ? 0 : -1);
  }

  close(): void {
    for (const membership of this.#memberships.values()) membership.leave();
    this.#memberships.clear();
  }
}
