import type { Call } from '../../state/call.js';
import { currentMessages } from '../../state/language-store.js';
import { toast } from '../../state/notices.js';
import { type Layout, prefer, preferences } from '../../state/preferences.js';
import { attempt } from '../attempt.js';
import { largeTiles, tilesOf } from './tiles.js';

/** Makes the tile large, or all alike again when it was. */
export function togglePin({ store }: Call, tileId: string): void {
  store.setState(({ pinned, layout }) => ({
    pinned: pinned === tileId && layout !== 'tiles' ? null : tileId,
    layout: layout === 'tiles' ? 'auto' : layout,
  }));
}

/** The tile of this number among those of others on the page, as they stand; 0 is one's own. Without it nothing happens. */
export function pinNumbered(call: Call, number: number): void {
  const { view, shown } = call.store.getState();
  const tiles = tilesOf(view.members);
  const others = shown.filter((id) => tiles.some((tile) => tile.id === id && !tile.member.isSelf));
  const own = tiles.find(({ member, source }) => member.isSelf && source === 'camera')?.id;
  const tileId = number === 0 ? own : others[number - 1];
  if (tileId === undefined) return;
  if (number === 0) call.store.setState({ selfHidden: false });
  togglePin(call, tileId);
}

/** From one large tile to all alike, and back to the large one if there is any. */
export function toggleLayout({ store }: Call): void {
  const { view, pinned, layout } = store.getState();
  const usual = preferences.getState().layout;
  if (layout === 'tiles') store.setState({ layout: usual === 'tiles' ? 'auto' : usual });
  else if (hasLarge({ view, pinned, layout })) store.setState({ layout: 'tiles' });
}

/** Whether any tile is large, or would be if not all were to be alike. */
export function hasLarge({
  view,
  pinned,
  layout,
}: Pick<ReturnType<Call['store']['getState']>, 'view' | 'pinned' | 'layout'>): boolean {
  const wish = {
    pinned,
    spotlight: view.spotlight,
    layout: layout === 'tiles' ? 'auto' : layout,
    speaker: undefined,
  } as const;
  return largeTiles(tilesOf(view.members), wish).length > 0;
}

/** For this call and the next ones. */
export function chooseLayout({ store }: Call, layout: Layout): void {
  prefer({ layout });
  store.setState({ layout });
}

/** Pages on or back; the stage stops at the first and the last one. */
export function turnPage({ store }: Call, by: 1 | -1): void {
  store.setState(({ page }) => ({ page: Math.max(0, page + by) }));
}

/** Puts a tile in the spotlight for everyone, or takes it out. Only a host may. */
export function setSpotlight({ room }: Call, tileId: string | null): void {
  void attempt(room.setRoomMetadata(withSpotlight(room.info?.metadata ?? {}, tileId)));
}

type RoomMetadata = Parameters<Call['room']['setRoomMetadata']>[0];

/** Whatever else stands in the metadata stays. */
function withSpotlight(metadata: Readonly<Record<string, unknown>>, tileId: string | null): RoomMetadata {
  const { spotlight: _, ...rest } = metadata;
  return { ...rest, ...(tileId === null ? {} : { spotlight: tileId }) } as RoomMetadata;
}

/** Takes one's own tile off the stage or brings it back. Nothing changes for the others, and it is said so. */
export function setSelfHidden({ store }: Call, isHidden: boolean): void {
  store.setState({ selfHidden: isHidden });
  if (isHidden) toast(currentMessages().view.selfHidden);
}
