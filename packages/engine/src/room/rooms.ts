import type { LeaveReason, MediaPath, Member as MemberState, Mode, Role } from '@madang/protocol';
import { DeadlineHeap } from '../bytes/index.js';
import type { CommandOf, LinkId, MemberId, Random } from '../ports/index.js';
import { ChatHistory } from './chat-history.js';
import type { Due } from './due.js';
import { ENDED_REMEMBERED, type EndedMembership } from './ended-membership.js';
import { ExpiringMap } from './expiring-map.js';
import { successor } from './host-succession.js';
import { ALONE_MS, P2P_MEMBERS, type RoomLimits } from './limits.js';
import { firstPath, needServer, needsDirect } from './media-path.js';
import { ALL_OFF, Member } from './member.js';
import { Post } from './post.js';
import { mediaRights, sameRights } from './published-sources.js';
import { Room } from './room.js';

/** What the tables hold, for metrics and for tests. */
export interface RoomCounts {
  readonly rooms: number;
  readonly members: number;
  /** Members that carry a link; the others are away. */
  readonly connected: number;
  /** Chat histories that wait for somebody to come back. */
  readonly keptChats: number;
  /** Memberships whose end is remembered for a while. */
  readonly endedTokens: number;
  readonly deadlines: number;
}

/**
 * Every room and member of one engine, and the few moves that keep their tables consistent. It decides nothing about
 * permissions: the commands do.
 */
export class Rooms {
  readonly limits: RoomLimits;
  readonly post: Post;
  /** From now on nobody new comes in. */
  draining = false;
  readonly #random: Random;
  readonly #deadlines = new DeadlineHeap<Due>();
  /** Chat histories that outlive their rooms, for whoever comes next. */
  readonly #keptChats: ExpiringMap<ChatHistory>;
  readonly #endedTokens: ExpiringMap<EndedMembership>;
  readonly #rooms = new Map<string, Room>();
  readonly #members = new Map<MemberId, Member>();
  readonly #byLink = new Map<LinkId, Member>();
  readonly #byToken = new Map<string, Member>();
  #opened = 0;

  constructor(limits: RoomLimits, random: Random) {
    this.limits = limits;
    this.#random = random;
    this.post = new Post(this.#deadlines, limits.graceMs);
    this.#endedTokens = new ExpiringMap(this.#deadlines, {
      keepMs: limits.graceMs,
      most: ENDED_REMEMBERED,
      due: (token) => ({ kind: 'token-forgotten', token }),
    });
    this.#keptChats = new ExpiringMap(this.#deadlines, {
      keepMs: limits.chatKeepMs,
      most: limits.maxRooms,
      due: (room) => ({ kind: 'chat-forgotten', room }),
    });
  }

  get hasAllRooms(): boolean {
    return this.#rooms.size >= this.limits.maxRooms;
  }

  counts(): RoomCounts {
    return {
      rooms: this.#rooms.size,
      members: this.#members.size,
      connected: this.#byLink.size,
      keptChats: this.#keptChats.size,
      endedTokens: this.#endedTokens.size,
      deadlines: this.#deadlines.size,
    };
  }

  all(): Iterable<Room> {
    return this.#rooms.values();
  }

  room(name: string): Room | undefined {
    return this.#rooms.get(name);
  }

  member(id: MemberId): Member | undefined {
    return this.#members.get(id);
  }

  memberOn(link: LinkId): Member | undefined {
    return this.#byLink.get(link);
  }

  memberOf(token: string): Member | undefined {
    return this.#byToken.get(token);
  }

  /** How the membership of a token ended, as far as that is remembered. */
  endOf(token: string): EndedMembership | undefined {
    return this.#endedTokens.get(token);
  }

  /** Opens a room without members. The caller seats somebody at once. */
  open({ room: name, encrypted, wallMs }: CommandOf<'join'>, mode: Mode): Room {
    const { maxMembers } = this.limits;
    const state = {
      name,
      mode,
      media: firstPath(mode),
      ...(encrypted === true && { encrypted }),
      metadata: {},
      maxMembers: mode === 'p2p' ? Math.min(P2P_MEMBERS, maxMembers) : maxMembers,
      createdWallMs: wallMs,
    };
    const room = new Room(++this.#opened, state, this.#keptChats.take(name) ?? new ChatHistory());
    this.#rooms.set(name, room);
    return room;
  }

  /** Makes a member of the one who asks, and tells the others. */
  seat(room: Room, join: CommandOf<'join'>, role: Role, now: number): Member {
    const state: MemberState = {
      id: this.#random.id(),
      name: join.name,
      role,
      media: role === 'viewer' ? ALL_OFF : (join.media ?? ALL_OFF),
      handRaisedWallMs: null,
      metadata: join.metadata ?? {},
      joinedWallMs: join.wallMs,
      connected: true,
      dialect: join.dialect,
    };
    const member = new Member(room, state, this.#random.secret(), { link: join.link, needsDirect: needsDirect(join) });
    this.post.broadcast(room, { type: 'member-joined', member: state }, now);
    // Before the newcomer is among those who hear: the reply to its join tells it.
    if (!member.needsDirect) this.#choosePath(room, [...room.roster(), state], now);
    room.members.set(member.id, member);
    this.#members.set(member.id, member);
    this.#byLink.set(join.link, member);
    this.#byToken.set(member.token, member);
    return member;
  }

  /** Changes what the others see of `member`, and tells everyone. */
  change(member: Member, part: Partial<MemberState>, now: number): void {
    const before = mediaRights(member.state);
    member.state = { ...member.state, ...part };
    const after = mediaRights(member.state);
    if (!sameRights(before, after)) this.post.allowed(after);
    this.post.broadcast(member.room, { type: 'member-changed', member: member.state }, now);
  }

  /** A connection is gone: the member that it carried, if any, has the grace time to come back. */
  detach(link: LinkId, now: number): void {
    const member = this.#byLink.get(link);
    if (member === undefined) return;
    this.#byLink.delete(link);
    const lostAt = this.#deadlines.add({ kind: 'member-lost', member }, now + this.limits.graceMs);
    member.presence = { kind: 'away', lostAt };
    this.change(member, { connected: false }, now);
  }

  /** Gives the member another link. One that it still has is told that it is replaced. */
  attach(member: Member, link: LinkId, now: number): void {
    const before = member.presence;
    if (before.kind === 'away') {
      this.#deadlines.remove(before.lostAt);
      // While it is still away: the news of its own return is kept for the reply instead of being delivered.
      this.change(member, { connected: true }, now);
    } else {
      this.#byLink.delete(before.link);
      this.post.replaced(before.link);
    }
    member.presence = { kind: 'connected', link };
    this.#byLink.set(link, member);
  }

  /** Ends one membership, tells the others, and finds the room another host if it needs one. */
  end(member: Member, reason: LeaveReason, now: number): void {
    const { room } = member;
    this.#leave(member, reason, now);
    this.ensureHost(room, now);
    if (room.members.size > 0) {
      this.#choosePath(room, room.roster(), now);
      return;
    }
    this.#forget(room);
    if (this.limits.chatKeepMs > 0 && !room.chat.isEmpty) this.#keptChats.keep(room.name, room.chat, now);
  }

  /**
   * Ends a membership in favour of a new one in `room`. If that is its own room, the caller seats the new member at once:
   * the room stays, even empty, and needs no other host.
   */
  replace(member: Member, room: Room, now: number): void {
    if (member.presence.kind === 'connected') this.post.replaced(member.presence.link);
    if (member.room === room) this.#leave(member, 'left', now);
    else this.end(member, 'left', now);
  }

  /** Ends every membership of a room and the room with its chat. Whoever is to be told has been told. */
  dissolve(room: Room, now: number): void {
    for (const member of room.members.values()) this.#unseat(member, 'closed', now);
    this.#forget(room);
  }

  /** Makes somebody host if nobody is. */
  ensureHost(room: Room, now: number): void {
    const next = successor(room.members.values());
    if (next !== null) this.change(next, { role: 'host' }, now);
  }

  /** When `expire` has something to do; null when nothing is pending. */
  nextAt(): number | null {
    return this.#deadlines.nextAt();
  }

  /** Does what has come due: members lost, chats and kept events forgotten. */
  expire(now: number): void {
    for (let due = this.#deadlines.due(now); due !== null; due = this.#deadlines.due(now)) {
      const { value } = due;
      if (value.kind === 'member-lost') this.end(value.member, 'lost', now);
      else if (value.kind === 'replay-stale') this.post.forgetStale(value.member, now);
      else if (value.kind === 'alone') this.#leaveServer(value.room, now);
      else if (value.kind === 'token-forgotten') this.#endedTokens.forget(value.token);
      else this.#keptChats.forget(value.room);
    }
  }

  /** A room of mode `auto` goes through the server at once when it has to, and leaves it when nobody has needed it for long. */
  #choosePath(room: Room, members: readonly MemberState[], now: number): void {
    if (room.state.mode !== 'auto' || room.needsDirect) return;
    const isNeeded = needServer(members);
    if (isNeeded && room.aloneUntil !== null) {
      this.#deadlines.remove(room.aloneUntil);
      room.aloneUntil = null;
    }
    if (isNeeded) this.#usePath(room, 'sfu', now);
    else if (room.state.media === 'sfu') {
      room.aloneUntil ??= this.#deadlines.add({ kind: 'alone', room }, now + ALONE_MS);
    }
  }

  #leaveServer(room: Room, now: number): void {
    room.aloneUntil = null;
    this.#usePath(room, 'p2p', now);
  }

  #usePath(room: Room, media: MediaPath, now: number): void {
    if (room.state.media === media) return;
    room.state = { ...room.state, media };
    this.post.broadcast(room, { type: 'room-changed', room: room.state }, now);
  }

  #forget(room: Room): void {
    this.#rooms.delete(room.name);
    if (room.aloneUntil !== null) this.#deadlines.remove(room.aloneUntil);
    room.aloneUntil = null;
  }

  #leave(member: Member, reason: LeaveReason, now: number): void {
    this.#unseat(member, reason, now);
    this.post.broadcast(member.room, { type: 'member-left', member: member.id, reason }, now);
  }

  #unseat(member: Member, reason: LeaveReason, now: number): void {
    if (reason !== 'lost') {
      const ended = { reason, room: member.room.serial, role: member.state.role };
      this.#endedTokens.keep(member.token, ended, now);
    }
    member.room.members.delete(member.id);
    this.#members.delete(member.id);
    this.post.gone(member.id);
    this.#byToken.delete(member.token);
    if (member.presence.kind === 'connected') this.#byLink.delete(member.presence.link);
    else this.#deadlines.remove(member.presence.lostAt);
    if (member.forgetAt !== null) this.#deadlines.remove(member.forgetAt);
  }
}
