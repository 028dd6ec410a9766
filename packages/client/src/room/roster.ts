import type { Member as MemberData, RoomEvent, Source } from '@madang/protocol';
import type { LocalTrack } from '../media/index.js';
import type { MediaWays } from './media-ways.js';
import { Member, type Track } from './member.js';
import type { Tell } from './room-events.js';
import { leaveReason, memberChanges, type RoomView } from './room-view.js';

/** The members of a room as objects that last: they follow the view of the room, the way of the media and one's own. */
export class Roster {
  readonly #ways: MediaWays;
  readonly #ownTracks: ReadonlyMap<Source, LocalTrack>;
  readonly #tell: Tell;
  readonly #byId = new Map<string, Member>();
  #selfId: string | undefined;
  #sorted: readonly Member[] = [];

  constructor(ways: MediaWays, ownTracks: ReadonlyMap<Source, LocalTrack>, tell: Tell) {
    this.#ways = ways;
    this.#ownTracks = ownTracks;
    this.#tell = tell;
    ways.on('peer', (id) => this.#onPeer(id));
    ways.on('interrupted', () => tell('changed'));
    ways.on('recovered', (id, afterMs) => this.#onRecovered(id, afterMs));
    ways.on('path', (id) => this.#told('pathChanged', id));
  }

  get self(): Member | undefined {
    return this.#selfId === undefined ? undefined : this.#byId.get(this.#selfId);
  }

  /** Oldest first. */
  get members(): readonly Member[] {
    return this.#sorted;
  }

  get(id: string): Member | undefined {
    return this.#byId.get(id);
  }

  forget(): void {
    this.#byId.clear();
    this.#selfId = undefined;
    this.#sorted = [];
  }

  /** Makes the members of `view` the members of the room, and tells what became of those of `before`. */
  show(view: RoomView, before: RoomView | undefined, event?: RoomEvent): void {
    const { left, changed, joined } = memberChanges(before?.members ?? [], view.members);
    this.#keepSelf(view);
    const gone = left.map(({ id }) => this.#remove(id));
    for (const data of joined) this.#add(data, view.selfId);
    for (const data of changed) this.#byId.get(data.id)?.update(data);
    this.#sorted = view.members.map(({ id }) => this.#byId.get(id)!);
    for (const member of gone)
      if (member !== undefined) this.#tell('memberLeft', member, leaveReason(event, member.id));
    for (const data of [...changed, ...joined]) this.#follow(data);
    if (before !== undefined) for (const { id } of joined) this.#told('memberJoined', id);
    for (const { id } of changed) this.#told('memberChanged', id);
  }

  refreshOwnTracks(): void {
    const { self } = this;
    if (self !== undefined) this.#setTracks(self, this.#ownTracks);
  }

  /** After a rejoin: oneself under the old id goes over into oneself under the new one. */
  #keepSelf(view: RoomView): void {
    const { self } = this;
    const data = view.members.find(({ id }) => id === view.selfId);
    if (self !== undefined && data !== undefined && self.id !== data.id) {
      this.#byId.delete(self.id);
      self.update(data);
      this.#byId.set(data.id, self);
    }
    this.#selfId = view.selfId;
  }

  #add(data: MemberData, selfId: string): void {
    if (!this.#byId.has(data.id)) this.#byId.set(data.id, new Member(data, data.id === selfId));
  }

  #remove(id: string): Member | undefined {
    const member = this.#byId.get(id);
    if (member === undefined) return undefined;
    this.#byId.delete(id);
    this.#ways.remove(id);
    member.setPeer(undefined);
    this.#setTracks(member, new Map());
    return member;
  }

  /** Brings a change of a member's data to the member's connection and tracks. */
  #follow(data: MemberData): void {
    if (data.id === this.#selfId) this.#ways.setOwnRole(data.role);
    else this.#ways.setMember(data);
    this.#refreshTracks(data.id);
  }

  #onPeer(id: string): void {
    this.#byId.get(id)?.setPeer(this.#ways.peer(id));
    this.#refreshTracks(id);
    this.#tell('changed');
  }

  #onRecovered(id: string, afterMs: number): void {
    const member = this.#byId.get(id);
    if (member !== undefined) this.#tell('recovered', { what: 'media', member, afterMs });
  }

  #refreshTracks(id: string): void {
    const member = this.#byId.get(id);
    if (member === undefined) return;
    this.#setTracks(member, member.isSelf ? this.#ownTracks : this.#ways.tracks(id, member.media));
  }

  #setTracks(member: Member, now: ReadonlyMap<Source, Track>): void {
    const { added, removed } = member.setTracks(now);
    for (const track of removed) this.#tell('trackRemoved', member, track);
    for (const track of added) this.#tell('trackAdded', member, track);
  }

  #told(event: 'memberJoined' | 'memberChanged' | 'pathChanged', id: string): void {
    const member = this.#byId.get(id);
    if (member !== undefined) this.#tell(event, member);
  }
}
