import { randomBytes } from 'node:crypto';
import type { ConnectionId, MemberId } from '@madang/engine';
import type { MediaWay, WayKind } from './media-way.js';

type Ways = { [K in WayKind]: MediaWay | null };

/** Which connections members have with the media server. One of a higher generation takes the place of the one before. */
export class MediaWays {
  readonly #members = new Map<MemberId, Ways>();
  readonly #byConnection = new Map<ConnectionId, MediaWay>();
  readonly #onHangUp: (connection: ConnectionId) => void;

  constructor(onHangUp: (connection: ConnectionId) => void) {
    this.#onHangUp = onHangUp;
  }

  count(kind: WayKind): number {
    let count = 0;
    for (const way of this.#byConnection.values()) if (way.kind === kind) count++;
    return count;
  }

  /** The last that a member had, open or not. */
  of(member: MemberId, kind: WayKind): MediaWay | null {
    return this.#members.get(member)?.[kind] ?? null;
  }

  by(connection: ConnectionId): MediaWay | null {
    return this.#byConnection.get(connection) ?? null;
  }

  /** The open one of this generation, or one to be opened; null for a generation that is over. */
  at(member: MemberId, kind: WayKind, generation: number): MediaWay | null {
    const known = this.of(member, kind);
    if (known !== null && generation <= known.generation) {
      return generation === known.generation && known.isOpen ? known : null;
    }
    const connection = randomBytes(16).toString('base64url');
    return { kind, member, connection, generation, revision: 0, isOpen: false };
  }

  /** From now on it is the member's; the one before is hung up. */
  open(way: MediaWay): void {
    if (way.isOpen) return;
    const ways = this.#members.get(way.member) ?? { publish: null, subscribe: null };
    this.hangUp(ways[way.kind]);
    ways[way.kind] = way;
    way.isOpen = true;
    this.#members.set(way.member, ways);
    this.#byConnection.set(way.connection, way);
  }

  hangUp(way: MediaWay | null): void {
    if (way !== null && this.ended(way)) this.#onHangUp(way.connection);
  }

  /** It is no more. False when that was known. */
  ended(way: MediaWay): boolean {
    way.isOpen = false;
    return this.#byConnection.delete(way.connection);
  }

  /** A member is no more: both are hung up. */
  forget(member: MemberId): void {
    const ways = this.#members.get(member);
    if (ways === undefined) return;
    this.#members.delete(member);
    this.hangUp(ways.publish);
    this.hangUp(ways.subscribe);
  }
}
