import { randomBytes } from 'node:crypto';
import type { ConnectionId, MediaPort, MemberId, TrackId } from '@madang/engine';
import { AddressCounts } from '../auth/index.js';
import type { DoorKind } from './door-place.js';
import type { Guest } from './guest.js';

/** What WHIP calls a session: one connection of one guest, and who may change it. */
export interface Session {
  /** The secret part of its address: 256 random bits. */
  readonly id: string;
  readonly door: DoorKind;
  readonly room: string;
  readonly connection: ConnectionId;
  /** The token it was opened with; null where the door is open. */
  readonly holder: string | null;
  /** Under which its addresses are counted. */
  readonly group: string;
  /** Of the ICE session, quoted; another one after each restart. */
  etag: string;
  guest: Guest | null;
  isOver: boolean;
}

export function newEtag(): string {
  return `"${randomBytes(12).toString('base64url')}"`;
}

/** Every session there is, from before its offer is carried to the media server until whichever side ends it first. */
export class Sessions {
  readonly #byId = new Map<string, Session>();
  readonly #byConnection = new Map<ConnectionId, Session>();
  readonly #groups = new AddressCounts();
  readonly #media: () => MediaPort | null;

  constructor(media: () => MediaPort | null) {
    this.#media = media;
  }

  count(door: DoorKind): number {
    let count = 0;
    for (const session of this.#byId.values()) if (session.door === door) count++;
    return count;
  }

  /** How many a group of addresses has. */
  of(group: string): number {
    return this.#groups.of(group);
  }

  open(of: Pick<Session, 'door' | 'room' | 'holder' | 'group'>): Session {
    const id = randomBytes(32).toString('base64url');
    const connection = randomBytes(16).toString('base64url');
    const session = { ...of, id, connection, etag: newEtag(), guest: null, isOver: false };
    this.#byId.set(id, session);
    this.#byConnection.set(connection, session);
    this.#groups.add(session.group);
    return session;
  }

  find(door: DoorKind, room: string, id: string): Session | undefined {
    const session = this.#byId.get(id);
    return session?.door === door && session.room === room ? session : undefined;
  }

  /** A member is not to be forwarded in these tracks, and in all others: also where a host has muted a guest. */
  mute(member: MemberId, tracks: readonly TrackId[]): void {
    for (const { connection, door, guest } of this.#byId.values()) {
      if (door !== 'whip' || guest?.member !== member) continue;
      void this.#media()
        ?.command<'mute'>({ type: 'mute', connection, tracks })
        .catch(() => {});
    }
  }

  /** A viewer sees these members from now on. */
  show({ connection }: Session, members: readonly MemberId[]): void {
    void this.#media()
      ?.command<'wish'>({ type: 'wish', connection, wish: { members } })
      .catch(() => {});
  }

  /** The media server has forgotten a connection. */
  closed(connection: ConnectionId): void {
    const session = this.#byConnection.get(connection);
    if (session !== undefined) this.#forget(session);
  }

  /** Ends a session: hangs up, and its guest leaves. Of one that is over it is no error. */
  end(session: Session): void {
    if (session.isOver) return;
    this.#forget(session);
    this.hangUp(session);
  }

  /** A media server that is gone has no connection to hang up. */
  hangUp({ connection }: Session): void {
    void this.#media()
      ?.command<'hang-up'>({ type: 'hang-up', connection })
      .catch(() => {});
  }

  endAll(): void {
    for (const session of [...this.#byId.values()]) this.end(session);
  }

  #forget(session: Session): void {
    session.isOver = true;
    this.#byId.delete(session.id);
    this.#byConnection.delete(session.connection);
    this.#groups.remove(session.group);
    session.guest?.leave();
  }
}
