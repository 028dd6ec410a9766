import type { CommandOf, CommandType, LinkMessage, MemberId, RoomReply } from '@madang/engine';
import type { ClassicEvents } from '@madang/protocol';
import { renderForClassic } from './classic-render.js';
import { Membership } from './membership.js';
import type { Page } from './page.js';

/** The name of a classic page until its first message says how its author is called. */
export const UNNAMED = 'Guest';

/** Rooms that it has no part in otherwise than by chat and by signals of its own kind. */
const ABLE = ['p2p', 'auto'] as const;

/** A classic page in one room. Speaks and is spoken to like any member; only the words differ. */
export class ClassicMembership {
  readonly room: string;
  readonly #page: Page;
  readonly #membership: Membership;
  readonly #onEnded: () => void;
  /** Who is who, for the sentences about those who leave. */
  readonly #names = new Map<MemberId, string>();
  #member: MemberId = '';
  #named = false;
  #leaving = false;

  constructor(page: Page, room: string, link: string, onEnded: () => void) {
    this.#page = page;
    this.room = room;
    this.#onEnded = onEnded;
    this.#membership = new Membership(page.surroundings.rooms, link, {
      hear: (message) => this.#hear(message),
      failed: (error) => page.failed(error),
    });
  }

  /** Empty until it has joined. */
  get member(): MemberId {
    return this.#member;
  }

  join(answer: (reply: RoomReply<'join'>) => void): void {
    const { link } = this.#membership;
    const wallMs = this.#page.surroundings.wallMs();
    this.#membership.ask<'join'>(
      // Its media go straight between pages of its kind, whichever way those of the others go.
      { type: 'join', link, dialect: 'classic', mode: 'p2p', able: ABLE, room: this.room, name: UNNAMED, wallMs },
      (reply) => {
        if (reply.ok) {
          this.#member = reply.self;
          for (const member of reply.members) this.#names.set(member.id, member.name);
        }
        answer(reply);
        if (this.#leaving) this.leave();
      },
    );
  }

  ask<T extends CommandType>(command: (member: MemberId) => CommandOf<T>, answer: (reply: RoomReply<T>) => void): void {
    this.#membership.ask<T>(command(this.#member), answer);
  }

  /** The first author that a page writes is its member's name from then on. */
  callBy(name: string): void {
    if (this.#named) return;
    this.#named = true;
    this.ask<'rename'>(
      (member) => ({ type: 'rename', member, name }),
      () => {},
    );
  }

  /** Nobody can resume a classic page: whoever leaves the page leaves the room. */
  leave(): void {
    this.#leaving = true;
    if (this.#member === '') return;
    this.ask<'leave'>(
      (member) => ({ type: 'leave', member }),
      () => this.#membership.close(),
    );
  }

  /** After a refused join: there is nobody to leave. */
  abandon(): void {
    this.#membership.close();
  }

  #hear(message: LinkMessage): void {
    if (message.type === 'replaced') return;
    const { event } = message;
    const rendered = renderForClassic(event, this.#names);
    if (rendered !== undefined) this.#say(rendered.event, rendered.payload);
    if (event.type === 'member-joined' || event.type === 'member-changed') {
      this.#names.set(event.member.id, event.member.name);
    } else if (event.type === 'member-left') {
      this.#names.delete(event.member);
    } else if (event.type === 'ended') {
      this.#membership.close();
      this.#onEnded();
    }
  }

  #say<E extends keyof ClassicEvents>(event: E, payload: ClassicEvents[E]): void {
    this.#page.emit(event, payload);
  }
}
