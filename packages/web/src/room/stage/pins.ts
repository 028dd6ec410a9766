import type { Call } from '../../state/call.js';
import { currentMessages } from '../../state/language-store.js';
import { toast } from '../../state/notices.js';
import { focusOf, tilesOf } from './tiles.js';

/** Makes the tile large, or all alike again when it was. */
export function togglePin({ store }: Call, tileId: string): void {
  store.setState(({ pinned, tiled }) => ({ pinned: pinned === tileId && !tiled ? null : tileId, tiled: false }));
}

/** The tile of this number, in the order they stand in; 0 is one's own. Without such a tile nothing happens. */
export function pinNumbered(call: Call, number: number): void {
  const tiles = tilesOf(call.store.getState().view.members);
  const others = tiles.filter(({ member }) => !member.isSelf);
  const tile = number === 0 ? tiles.find(({ member }) => member.isSelf) : others[number - 1];
  if (!tile) return;
  if (number === 0) call.store.setState({ selfHidden: false });
  togglePin(call, tile.id);
}

/** From one large tile to all alike, and back to the large one if there is any. */
export function toggleLayout({ store }: Call): void {
  const { view, pinned, tiled } = store.getState();
  if (tiled) store.setState({ tiled: false });
  else if (focusOf(tilesOf(view.members), pinned) !== undefined) store.setState({ tiled: true });
}

/** Takes one's own tile off the stage or brings it back. Nothing changes for the others, and it is said so. */
export function setSelfHidden({ store }: Call, isHidden: boolean): void {
  store.setState({ selfHidden: isHidden });
  if (isHidden) toast(currentMessages().view.selfHidden);
}
