import type { TileView } from './tiles.js';

/** The order of the tiles as this person sees it, and who spoke when. */
export interface StageOrder {
  /** Tile ids. */
  readonly ids: readonly string[];
  /** Tile id → the turn in which the member began to speak last; the greater, the later. */
  readonly spoke: ReadonlyMap<string, number>;
  /** Tile ids of those who speak now. */
  readonly speaking: ReadonlySet<string>;
  /** Tile id of who speaks, or spoke last. */
  readonly speaker: string | undefined;
  readonly turns: number;
}

export const FIRST_ORDER: StageOrder = {
  ids: [],
  spoke: new Map(),
  speaking: new Set(),
  speaker: undefined,
  turns: 0,
};

/**
 * Follows the tiles of the moment: everybody stays in place, who is new comes last, a new screen first. Whoever holds the
 * floor keeps it until silent; then it goes to who began last of those who still speak, and stays when nobody does.
 */
export function followTiles(before: StageOrder, tiles: readonly TileView[]): StageOrder {
  const there = new Set(tiles.map(({ id }) => id));
  const kept = before.ids.filter((id) => there.has(id));
  const known = new Set(kept);
  const fresh = tiles.filter(({ id }) => !known.has(id));
  const screens = fresh.filter(({ source }) => source === 'screen').map(({ id }) => id);
  const cameras = fresh.filter(({ source }) => source === 'camera').map(({ id }) => id);
  return { ...followVoices(before, tiles, there), ids: [...screens, ...kept, ...cameras] };
}

function followVoices(before: StageOrder, tiles: readonly TileView[], there: ReadonlySet<string>) {
  const speaking = new Set(tiles.filter(isSpeaking).map(({ id }) => id));
  const spoke = new Map([...before.spoke].filter(([id]) => there.has(id)));
  let { turns } = before;
  for (const id of speaking) if (!before.speaking.has(id)) spoke.set(id, ++turns);
  const holds = before.speaker !== undefined && speaking.has(before.speaker);
  const next = [...speaking].sort((a, b) => (spoke.get(b) ?? 0) - (spoke.get(a) ?? 0))[0];
  const speaker = holds ? before.speaker : (next ?? before.speaker);
  return { speaking, spoke, turns, speaker: speaker !== undefined && there.has(speaker) ? speaker : undefined };
}

function isSpeaking({ source, member }: TileView): boolean {
  return source === 'camera' && !member.isSelf && member.speaking && member.media.microphone === 'on';
}

/**
 * Brings whoever speaks unseen onto the visible page: the tile changes places with the one there that has been silent
 * longest, and no other tile moves. `visible` are the tiles that may give way. Changes nothing when everybody who speaks
 * is seen, or nobody visible is silent.
 */
export function bringIn(order: StageOrder, visible: readonly string[], seen: ReadonlySet<string>): StageOrder {
  const unseen = [...order.speaking].filter((id) => !seen.has(id));
  if (unseen.length === 0) return order;
  const silent = visible.filter((id) => !order.speaking.has(id));
  // Among those who never spoke the last one gives way: the first places are looked at most.
  const givesWay = silent.reverse().sort((a, b) => (order.spoke.get(a) ?? 0) - (order.spoke.get(b) ?? 0));
  const swaps = new Map<string, string>();
  for (const [ix, id] of unseen.entries()) {
    const other = givesWay[ix];
    if (other === undefined) break;
    swaps.set(id, other).set(other, id);
  }
  return swaps.size === 0 ? order : { ...order, ids: order.ids.map((id) => swaps.get(id) ?? id) };
}
