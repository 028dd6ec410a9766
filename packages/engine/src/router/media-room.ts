import type { ConnectionId, MemberId } from '../ports/index.js';
import { Floor, RateCaps } from '../sfu/index.js';
import { assignTracks } from './assign-tracks.js';
import type { MediaLimits } from './media-limits.js';
import type { PublishConnection } from './publish-connection.js';
import type { RoomTrack } from './room-track.js';
import type { ViewConnection } from './view-connection.js';

const KINDS = ['audio', 'video'] as const;

/** What is given into one room and seen of it. It is there as long as somebody is connected to it. */
export class MediaRoom {
  readonly name: string;
  readonly floor: Floor;
  readonly caps: RateCaps<ConnectionId>;
  readonly publishers = new Set<PublishConnection>();
  readonly viewers = new Set<ViewConnection>();

  constructor(name: string, { seats, roomBps }: MediaLimits) {
    this.name = name;
    this.floor = new Floor(seats);
    this.caps = new RateCaps(roomBps);
  }

  get size(): number {
    return this.publishers.size + this.viewers.size;
  }

  /** Puts the tracks that are there now before all viewers: after any change of tracks. */
  assign(): void {
    for (const viewer of this.viewers) this.assignTo(viewer);
  }

  /** Puts tracks before one viewer: after a change of its wish or its sections. Nobody sees himself unless he wishes to. */
  assignTo({ member, wish, sections }: ViewConnection): void {
    const wished = wish.member ?? null;
    const others = this.#tracks().filter((track) => track.member !== member || track.member === wished);
    for (const kind of KINDS) {
      const places = [...sections.values()].filter((section) => section.kind === kind);
      const tracks = others.filter((track) => track.kind === kind);
      const assigned = assignTracks(places, tracks, wished);
      // First what goes, so that nothing stands in two places.
      for (const [ix, place] of places.entries()) if (place.track !== assigned[ix]) place.show(null);
      for (const [ix, place] of places.entries()) place.show(assigned[ix] ?? null);
    }
  }

  /** By how long their members publish; a set keeps the order in which it was filled. */
  #tracks(): RoomTrack[] {
    const byMember = new Map<MemberId, RoomTrack[]>();
    for (const { member, tracks } of this.publishers) {
      byMember.set(member, [...(byMember.get(member) ?? []), ...tracks.values()]);
    }
    return [...byMember.values()].flat();
  }
}
