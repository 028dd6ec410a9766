import type { MemberView } from '../../state/room-view.js';

export interface TileView {
  /** `<member id>/<source>` */
  readonly id: string;
  readonly source: 'camera' | 'screen';
  readonly member: MemberView;
}

/**
 * Everyone's tile, oneself last unless hidden, each shared screen before its owner. One's own screen has none: it would
 * show itself.
 */
export function tilesOf(members: readonly MemberView[], isSelfHidden = false): readonly TileView[] {
  const others = members.filter((member) => !member.isSelf);
  const self = members.filter((member) => member.isSelf && !isSelfHidden);
  return [...others, ...self].flatMap((member) => {
    const camera: TileView = { id: `${member.id}/camera`, source: 'camera', member };
    if (member.isSelf || member.screen === undefined) return [camera];
    return [{ id: `${member.id}/screen`, source: 'screen', member } satisfies TileView, camera];
  });
}

/** The large tile: the one pinned, else a shared screen; undefined when all are alike. */
export function focusOf(tiles: readonly TileView[], pinned: string | null): number | undefined {
  const pin = tiles.findIndex((tile) => tile.id === pinned);
  if (pin >= 0) return pin;
  const screen = tiles.findLastIndex((tile) => tile.source === 'screen');
  return screen >= 0 ? screen : undefined;
}
