import type { Deadline } from '../bytes/index.js';
import type { ConnectionId, MemberId } from '../ports/index.js';
import { Floor, RateCaps } from '../sfu/index.js';
import { assignTracks } from './assign-tracks.js';
import type { MediaLimits } from './media-limits.js';
import type { PublishConnection } from './publish-connection.js';
import type { RoomTrack } from './room-track.js';
import type { SubscribeConnection } from './subscribe-connection.js';
import type { ViewConnection } from './view-connection.js';

const KINDS = ['audio', 'video'] as const;
/** How often bits are divided among publishers. */
const DIVIDE_MS = 1_000;
/** How often it is looked how tracks are sent. */
const WATCH_MS = 500;

/** What is given into one room and seen of it. It is there as long as somebody is connected to it. */
export class MediaRoom {
  readonly name: string;
  readonly floor: Floor;
  readonly caps: RateCaps<ConnectionId>;
  readonly publishers = new Set<PublishConnection>();
  readonly viewers = new Set<ViewConnection>();
  readonly subscribers = new Set<SubscribeConnection>();
  /** In the schedule of the thread; null while there is nothing to do. */
  deadline: Deadline<MediaRoom> | null = null;
  readonly #hasLimit: boolean;
  #divideAtMs = Number.POSITIVE_INFINITY;
  #watchAtMs = Number.POSITIVE_INFINITY;

  constructor(name: string, { seats, roomBps }: MediaLimits) {
    this.name = name;
    this.floor = new Floor(seats);
    this.caps = new RateCaps(roomBps);
    this.#hasLimit = roomBps < Number.POSITIVE_INFINITY;
  }

  get size(): number {
    return this.publishers.size + this.viewers.size + this.subscribers.size;
  }

  /** When there is something to do for it; infinity while there is not. */
  get nextAtMs(): number {
    return Math.min(this.floor.nextAtMs, this.#divideAtMs, this.#watchAtMs);
  }

  /** The track of who speaks, or spoke last; null before anybody has. */
  get speaker(): RoomTrack | null {
    const { active } = this.floor;
    return active === null ? null : (this.#tracks().find(({ publication }) => publication === active) ?? null);
  }

  /** Somebody publishes from now on. */
  publish(connection: PublishConnection, now: number): void {
    this.publishers.add(connection);
    if (this.#hasLimit || connection.mostBps < Number.POSITIVE_INFINITY) this.#divideAtMs = now + DIVIDE_MS;
  }

  /** Somebody subscribes from now on: from the first one it is watched how tracks are sent, as long as the room is there. */
  subscribe(connection: SubscribeConnection, now: number): void {
    this.subscribers.add(connection);
    this.#watchAtMs = Math.min(this.#watchAtMs, now + WATCH_MS);
  }

  /** Whether to look how tracks are sent; then it will be asked again half a second later. */
  watches(now: number): boolean {
    if (now < this.#watchAtMs) return false;
    this.#watchAtMs = now + WATCH_MS;
    return true;
  }

  /** Whether its bits are to be divided anew; then it will be asked again a second later, as long as anybody is limited. */
  divides(now: number): boolean {
    if (now < this.#divideAtMs) return false;
    const isLimited = this.#hasLimit || [...this.publishers].some(({ mostBps }) => mostBps < Number.POSITIVE_INFINITY);
    this.#divideAtMs = isLimited && this.publishers.size > 0 ? now + DIVIDE_MS : Number.POSITIVE_INFINITY;
    return true;
  }

  /** Puts the tracks that are there now before all viewers: after any change of tracks. */
  assign(): void {
    const tracks = this.#tracks();
    for (const viewer of this.viewers) assignTo(viewer, tracks);
  }

  /** The same before one viewer: after a change of its wish or its sections. */
  assignTo(viewer: ViewConnection): void {
    assignTo(viewer, this.#tracks());
  }

  /** What there is to be seen, by how long the members publish; a set keeps the order in which it was filled. */
  #tracks(): RoomTrack[] {
    const byMember = new Map<MemberId, RoomTrack[]>();
    const begunMs = this.#lastBegunMs;
    for (const { member, tracks, isHeard, lastHeardMs } of this.publishers) {
      // It may have crashed long before that can be known for certain, and the other be the same again.
      if (!isHeard && lastHeardMs < begunMs) continue;
      byMember.set(member, [...(byMember.get(member) ?? []), ...tracks.values()]);
    }
    return [...byMember.values()].flat();
  }

  /** When the newest publisher that is heard began. */
  get #lastBegunMs(): number {
    let last = Number.NEGATIVE_INFINITY;
    for (const { isHeard, openedMs } of this.publishers) if (isHeard) last = Math.max(last, openedMs);
    return last;
  }
}

/** Nobody sees himself unless he wishes to. */
function assignTo({ member, wish, sections }: ViewConnection, all: readonly RoomTrack[]): void {
  const wished = wish.members ?? null;
  for (const kind of KINDS) {
    const places = [...sections.values()].filter((section) => section.kind === kind);
    const tracks = all.filter((track) => track.kind === kind && (track.member !== member || wished?.includes(member)));
    const assigned = assignTracks(places, tracks, wished);
    // First what goes, so that nothing stands in two places.
    for (const [ix, place] of places.entries()) if (place.track !== assigned[ix]) place.show(null);
    for (const [ix, place] of places.entries()) place.show(assigned[ix] ?? null);
  }
}
