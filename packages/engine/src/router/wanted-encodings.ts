import type { LayerWish, Source } from '../sfu/index.js';
import { fits } from '../sfu/index.js';
import type { PublishConnection } from './publish-connection.js';
import type { RoomTrack } from './room-track.js';
import type { RouterState } from './router-state.js';

/** An encoding that nobody wants any more is told after this: who turns to another and back shall find it there. */
const LINGER_MS = 3_000;

/** What a publisher was told of a track: so many of its encodings, the lowest first, are wanted. */
export class WantedEncodings {
  /** Null before it was told of any, when it sends all. */
  #told: number | null = null;
  #fewerSinceMs = Number.POSITIVE_INFINITY;

  /** Which encodings are wanted, in the order of the description, if that is to be told now; else null. */
  look(track: RoomTrack, now: number): readonly boolean[] | null {
    const { streams } = track.agreement;
    if (streams.length < 2) return null;
    const count = wantedCount(track, streams.length);
    const told = this.#told ?? streams.length;
    if (count >= told) this.#fewerSinceMs = Number.POSITIVE_INFINITY;
    else this.#fewerSinceMs = Math.min(this.#fewerSinceMs, now);
    if (count === told || (count < told && now - this.#fewerSinceMs < LINGER_MS)) return null;
    this.#told = count;
    const byQuality = track.publication.sources.map(({ rank }) => rank);
    const wanted = new Set(count === streams.length ? streams.keys() : byQuality.slice(0, count));
    return streams.map((_, ix) => wanted.has(ix));
  }
}

/** Tells a publisher which encodings of its tracks anybody is to be sent, where that has changed. */
export function tellWanted({ id, tracks }: PublishConnection, state: RouterState, now: number): void {
  const changes = [...tracks.values()].flatMap((track) => {
    const encodings = track.kind === 'video' ? track.wanted.look(track, now) : null;
    return encodings === null ? [] : [{ track: track.id, encodings }];
  });
  if (changes.length > 0) state.tell({ type: 'wanted', connection: id, changes });
}

/**
 * How many encodings are wanted, the lowest first: all up to the best that somebody is to have, so that a viewer whose line
 * becomes thin finds the others there. While not every encoding has been seen nothing is known of their sizes: all.
 */
function wantedCount({ publication: { subscriptions, sources } }: RoomTrack, encodings: number): number {
  const wishes = subscriptions.filter(({ isPaused }) => !isPaused).map(({ wish }) => wish);
  if (wishes.length === 0) return 0;
  if (sources.length < encodings) return encodings;
  return Math.max(...wishes.map((wish) => countFor(wish, sources)));
}

function countFor(wish: LayerWish, sources: readonly Source[]): number {
  const best = sources.findLastIndex(
    (source, ix) => ix <= (wish.maxLayer ?? sources.length) && fits(source.width, source.height, wish),
  );
  return Math.max(1, best + 1);
}
