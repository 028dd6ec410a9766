/** Pictures that come at less than this distance from each other nobody calls frozen. */
const COUNTED_MS = [500, 1_000, 2_000];

/**
 * Who sees whom, and for how long a picture stood still although it was wanted and sent. A tile counts from when its viewer
 * wants it and its publisher sends, whichever is later, so that the wait for the first picture counts too.
 */
export class Tiles {
  /** Since when each source is sent, by `publisher source`. */
  #sent = new Map();
  /** By `viewer publisher source`: {key, wantedAt, seenAt}. */
  #tiles = new Map();
  #onFreeze;
  frames = 0;
  longestMs = 0;
  longestFirstMs = 0;
  /** How many stood still for longer than each of `COUNTED_MS`. */
  counts = COUNTED_MS.map(() => 0);

  /** `onFreeze`: told of each that stood still for longer than the last of `COUNTED_MS`: (tile, ms, isFirst). */
  constructor(onFreeze) {
    this.#onFreeze = onFreeze;
  }

  static COUNTED_MS = COUNTED_MS;

  get size() {
    return this.#tiles.size;
  }

  sends(source, now) {
    if (!this.#sent.has(source)) this.#sent.set(source, now);
  }

  stopped(source, now) {
    for (const tile of this.#tiles.values()) if (tile.source === source) this.#stood(tile, now);
    this.#sent.delete(source);
  }

  /** A viewer wants a source now. */
  wanted(viewer, source, now) {
    const key = `${viewer} ${source}`;
    if (!this.#tiles.has(key)) this.#tiles.set(key, { key, source, wantedAt: now, seenAt: null });
  }

  unwanted(viewer, source, now) {
    const key = `${viewer} ${source}`;
    const tile = this.#tiles.get(key);
    if (tile === undefined) return;
    this.#stood(tile, now);
    this.#tiles.delete(key);
  }

  /** Nothing of a viewer counts any more. */
  left(viewer, now) {
    for (const [key, { source }] of this.#tiles) if (key.startsWith(`${viewer} `)) this.unwanted(viewer, source, now);
  }

  frame(viewer, source, now) {
    const tile = this.#tiles.get(`${viewer} ${source}`);
    if (tile === undefined) return;
    this.frames++;
    this.#stood(tile, now);
    tile.seenAt = now;
  }

  /** Those that stand still now for longer than the bound: [tile, ms]. */
  standing(now) {
    const stood = [...this.#tiles.values()].map((tile) => [tile.key, now - this.#since(tile, now)]);
    return stood.filter(([, ms]) => ms > COUNTED_MS.at(-1));
  }

  #since({ wantedAt, seenAt, source }, now) {
    return Math.max(wantedAt, seenAt ?? 0, this.#sent.get(source) ?? now);
  }

  #stood(tile, now) {
    const ms = now - this.#since(tile, now);
    const isFirst = tile.seenAt === null || tile.seenAt < (this.#sent.get(tile.source) ?? 0);
    if (isFirst) this.longestFirstMs = Math.max(this.longestFirstMs, ms);
    else this.longestMs = Math.max(this.longestMs, ms);
    for (const [ix, bound] of COUNTED_MS.entries()) if (ms > bound) this.counts[ix]++;
    if (ms > COUNTED_MS.at(-1)) this.#onFreeze(tile.key, ms, isFirst);
  }
}
