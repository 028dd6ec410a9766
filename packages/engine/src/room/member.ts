import type { MediaState, Member as MemberState } from '@madang/protocol';
import type { Deadline } from '../bytes/index.js';
import type { LinkId, MemberId } from '../ports/index.js';
import type { Due } from './due.js';
import { Outbox } from './outbox.js';
import { Repeats } from './repeats.js';
import type { Room } from './room.js';

/** Where a member's events go. Away: nowhere for now, and the membership ends with the deadline. */
export type Presence =
  | { readonly kind: 'connected'; readonly link: LinkId }
  | { readonly kind: 'away'; readonly lostAt: Deadline<Due> };

export const ALL_OFF: MediaState = Object.freeze({ microphone: 'off', camera: 'off', screen: 'off' });

/** What is at the other end. */
interface MemberLink {
  readonly link: LinkId;
  readonly needsDirect: boolean;
}

/** One membership of one room, from the join to its end. Only `Rooms` and `Post` change it. */
export class Member {
  readonly room: Room;
  /** The secret that lets another link take this membership over. */
  readonly token: string;
  /** Whether it can send and receive straight from member to member alone, which ties a room of mode `auto` to that. */
  readonly needsDirect: boolean;
  readonly outbox = new Outbox();
  readonly repeats = new Repeats();
  /** What the others see; replaced by a new value at each change, so that events may share it. */
  state: MemberState;
  presence: Presence;
  /** When the oldest kept event may be forgotten; null while none is kept. */
  forgetAt: Deadline<Due> | null = null;

  /** When the last report was passed on. */
  reportedAtMs = Number.NEGATIVE_INFINITY;

  constructor(room: Room, state: MemberState, token: string, { link, needsDirect }: MemberLink) {
    this.room = room;
    this.state = state;
    this.token = token;
    this.presence = { kind: 'connected', link };
    this.needsDirect = needsDirect;
  }

  get id(): MemberId {
    return this.state.id;
  }
}
