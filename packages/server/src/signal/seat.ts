import type { CommandOf, CommandType, LinkId, LinkMessage, MemberId, RoomReply } from '@madang/engine';
import { protocolError, type Refused } from '@madang/protocol';
import { Membership } from './membership.js';
import type { IceServersReply, Page } from './page.js';

type State =
  | { readonly kind: 'outside' }
  | { readonly kind: 'entering'; readonly membership: Membership }
  | { readonly kind: 'inside'; readonly membership: Membership; readonly member: MemberId };

const OUTSIDE: State = { kind: 'outside' };

/** The place of a connection that speaks Madang's protocol: in no room, or one member of one room. */
export class Seat {
  readonly page: Page;
  #state: State = OUTSIDE;
  #entries = 0;

  constructor(page: Page) {
    this.page = page;
  }

  get taken(): boolean {
    return this.#state.kind !== 'outside';
  }

  /** Null outside of a room. */
  get member(): MemberId | null {
    return this.#state.kind === 'inside' ? this.#state.member : null;
  }

  iceServers(member: MemberId): IceServersReply {
    const { surroundings, host } = this.page;
    return surroundings.iceServersFor(member, host);
  }

  /** Joins or resumes. Refuses with `already_joined`. */
  enter<T extends 'join' | 'resume'>(
    command: (link: LinkId) => CommandOf<T>,
    answer: (reply: RoomReply<T> | Refused) => void,
  ): void {
    if (this.taken) return void answer({ ok: false, error: protocolError('already_joined') });
    this.#entries += 1;
    const link = `${this.page.id}#${this.#entries}`;
    const membership = new Membership(this.page.surroundings.rooms, link, {
      hear: (message) => this.#hear(message),
      failed: (error) => this.page.failed(error),
    });
    this.#state = { kind: 'entering', membership };
    const resume = this.page.pause();
    membership.ask<T>(command(link), (reply) => {
      this.#settle(membership, reply);
      answer(reply);
      resume();
    });
  }

  #settle(membership: Membership, reply: RoomReply<'join' | 'resume'>): void {
    if (this.#state.kind !== 'entering') return;
    if (reply.ok) {
      this.#state = { kind: 'inside', membership, member: reply.self };
    } else {
      this.vacate();
    }
  }

  /** Asks as the member that this connection is. Refuses with `not_joined`. */
  ask<T extends CommandType>(
    command: (member: MemberId) => CommandOf<T>,
    answer: (reply: RoomReply<T> | Refused) => void,
  ): void {
    const state = this.#state;
    if (state.kind !== 'inside') return void answer({ ok: false, error: protocolError('not_joined') });
    state.membership.ask<T>(command(state.member), answer);
  }

  /** Does something else as the member that this connection is. Refuses with `not_joined`. */
  attend<R>(work: (member: MemberId) => Promise<R | Refused>, answer: (reply: R | Refused) => void): void {
    const state = this.#state;
    if (state.kind !== 'inside') return void answer({ ok: false, error: protocolError('not_joined') });
    state.membership.attend<R>(() => work(state.member), answer);
  }

  /** Lets go of the room. The member, if it is one still, may be resumed within the grace time. */
  vacate(): void {
    const state = this.#state;
    this.#state = OUTSIDE;
    if (state.kind !== 'outside') state.membership.close();
  }

  #hear(message: LinkMessage): void {
    if (message.type === 'replaced') {
      this.page.emit('replaced', {});
      this.vacate();
      this.page.dismiss();
      return;
    }
    if (message.event.type === 'dialect-signal') return;
    this.page.emit('event', message.event);
    if (message.event.type !== 'ended') return;
    this.vacate();
    this.page.cameOut();
  }
}
