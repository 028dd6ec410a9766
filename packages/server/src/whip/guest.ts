import { randomUUID } from 'node:crypto';
import { type LinkMessage, type MediaTrack, type MemberId, may, type RoomPort } from '@madang/engine';
import type { Member, ProtocolError } from '@madang/protocol';
import type { DoorKind } from './door-place.js';
import { NamedMembers } from './named-members.js';

export interface GuestEntry {
  readonly door: DoorKind;
  readonly room: string;
  readonly name: string;
  readonly wallMs: number;
  /** The room has put it out, or it may no longer do what it came for. */
  readonly onOut: () => void;
  /** These have the name that it follows from now on. */
  readonly onNamed: (members: readonly MemberId[]) => void;
}

type Refused = { readonly ok: false; readonly error: ProtocolError };

/** One who came by WHIP or WHEP, as a member of its room. */
export class Guest {
  readonly room: string;
  readonly #rooms: RoomPort;
  readonly #link: string;
  readonly #needs: 'publish' | 'view';
  readonly #onOut: () => void;
  readonly #onNamed: (members: readonly MemberId[]) => void;
  #named: NamedMembers | null = null;
  #member: MemberId = '';
  #state: 'in' | 'out' = 'in';

  private constructor(rooms: RoomPort, { door, room, onOut, onNamed }: GuestEntry) {
    this.room = room;
    this.#rooms = rooms;
    this.#link = `${door}-${randomUUID()}`;
    this.#needs = door === 'whip' ? 'publish' : 'view';
    this.#onOut = onOut;
    this.#onNamed = onNamed;
  }

  get member(): MemberId {
    return this.#member;
  }

  /** Whether it is a member still. */
  get isIn(): boolean {
    return this.#state === 'in';
  }

  /** Joins a room, or opens it as one through the server. Refuses as `join` does, and with `forbidden`. */
  static async enter(rooms: RoomPort, entry: GuestEntry): Promise<Guest | Refused> {
    const guest = new Guest(rooms, entry);
    rooms.open(guest.#link, (message) => guest.#hear(message));
    const refused = await guest.#join(entry).catch((error: unknown) => {
      guest.#forget();
      throw error;
    });
    if (refused === null) return guest;
    guest.leave();
    return refused;
  }

  async #join({ door, room, name, wallMs }: GuestEntry): Promise<Refused | null> {
    const role = door === 'whip' ? 'participant' : 'viewer';
    const where = { room, mode: 'sfu', able: ['sfu', 'auto'] } as const;
    const joined = await this.#rooms.command<'join'>({
      type: 'join',
      link: this.#link,
      dialect: door,
      name,
      role,
      wallMs,
      // What a publisher brings is clear; a viewer is handed what it can't read, and no more.
      ...(door === 'whep' && { encrypted: 'either' as const }),
      ...where,
    });
    if (!joined.ok) return joined;
    this.#member = joined.self;
    const may = await this.#rooms.command<'may'>({ type: 'may', member: this.#member, action: this.#needs });
    return may.ok ? null : may;
  }

  /** Shows the others what it publishes. */
  async publish(tracks: readonly MediaTrack[]): Promise<void> {
    await this.#rooms.command<'publish'>({
      type: 'publish',
      member: this.#member,
      tracks: tracks.map(({ id, kind, codec, encodings }) => ({
        id,
        source: kind === 'video' ? 'camera' : 'microphone',
        codec,
        layers: Math.max(1, encodings.length),
      })),
    });
  }

  /** Everyone in the room. */
  async members(): Promise<readonly Member[]> {
    const reply = await this.#rooms.command<'members'>({ type: 'members', member: this.#member });
    return reply.ok ? reply.members : [];
  }

  /** From now on it is told who has this name, as these have now. */
  follow(name: string, members: readonly MemberId[]): void {
    this.#named = new NamedMembers(name, members);
  }

  followNobody(): void {
    this.#named = null;
  }

  /** Leaves the room, if it is in it still. */
  leave(): void {
    const wasMember = this.isIn && this.#member !== '';
    this.#state = 'out';
    // A room that cannot be reached any more has no member of ours either.
    if (wasMember) void this.#rooms.command<'leave'>({ type: 'leave', member: this.#member }).catch(() => {});
    this.#rooms.close(this.#link);
  }

  #hear(message: LinkMessage): void {
    if (message.type === 'replaced') {
      this.#forget();
      return;
    }
    const { event } = message;
    if (event.type === 'ended') this.#forget();
    const isSelf = event.type === 'member-changed' && event.member.id === this.#member;
    if (isSelf && !may(event.member.role, this.#needs) && this.isIn) this.#onOut();
    const named = isSelf ? null : this.#named?.heed(event);
    if (named && this.isIn) this.#onNamed(named);
  }

  #forget(): void {
    if (!this.isIn) return;
    this.#state = 'out';
    this.#rooms.close(this.#link);
    this.#onOut();
  }
}
