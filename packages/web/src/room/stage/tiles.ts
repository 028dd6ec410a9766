import type { Layout } from '../../state/preferences.js';
import type { MemberView } from '../../state/room-view.js';

export interface TileView {
  /** `<member id>/<source>` */
  readonly id: string;
  readonly source: 'camera' | 'screen';
  readonly member: MemberView;
}

/** Everyone's tile, one's own last unless hidden, each shared screen before its owner: one's own too, to see what is shown. */
export function tilesOf(members: readonly MemberView[], isSelfHidden = false): readonly TileView[] {
  const others = members.filter((member) => !member.isSelf);
  const self = members.filter((member) => member.isSelf);
  return [...others, ...self].flatMap((member) => {
    const camera: TileView = { id: `${member.id}/camera`, source: 'camera', member };
    const screen: TileView = { id: `${member.id}/screen`, source: 'screen', member };
    const isCameraShown = !member.isSelf || !isSelfHidden;
    return [...(member.screen === undefined ? [] : [screen]), ...(isCameraShown ? [camera] : [])];
  });
}

/** Screens shown large side by side; further ones stand in the strip. */
const MOST_LARGE_SCREENS = 4;

export interface LargeWish {
  /** Tile ids: this person's choice, and a host's for everyone. */
  readonly pinned: string | null;
  readonly spotlight: string | null;
  readonly layout: Layout;
  /** Tile id of who speaks, or spoke last. */
  readonly speaker: string | undefined;
}

/**
 * The ids of the large tiles: the one pinned, else the one in the spotlight, else the screens of others, else who speaks,
 * where that layout was chosen. None when all are to be alike. One's own screen is large only when it was pinned: it would
 * show itself.
 */
export function largeTiles(
  tiles: readonly TileView[],
  { pinned, spotlight, layout, speaker }: LargeWish,
): readonly string[] {
  if (layout === 'tiles') return [];
  const chosen = [pinned, spotlight].find((id) => id !== null && tiles.some((tile) => tile.id === id));
  if (chosen != null) return [chosen];
  const screens = tiles.filter(({ source, member }) => source === 'screen' && !member.isSelf);
  if (screens.length > 0) return screens.slice(-MOST_LARGE_SCREENS).map(({ id }) => id);
  if (layout !== 'speaker') return [];
  const others = tiles.filter(({ source, member }) => source === 'camera' && !member.isSelf);
  const large = others.find(({ id }) => id === speaker) ?? others[0];
  return large === undefined ? [] : [large.id];
}
