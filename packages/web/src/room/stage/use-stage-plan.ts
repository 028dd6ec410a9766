import { useRef } from 'react';
import { useCallState } from '../../state/call-context.js';
import { useIsPhone } from '../../ui/use-is-phone.js';
import { bringIn, FIRST_ORDER, followTiles, type StageOrder } from './stage-order.js';
import { planStage, type StagePlan } from './stage-plan.js';
import { largeTiles, type TileView, tilesOf } from './tiles.js';

/** From so many tiles on they stand closer together. */
const MANY = 16;

/** What stands where on a stage of this size in CSS pixels, as the call and this person's choices have it now. */
export function useStagePlan(size: { readonly width: number; readonly height: number }): StagePlan {
  const members = useCallState((state) => state.view.members);
  const spotlight = useCallState((state) => state.view.spotlight);
  const pinned = useCallState((state) => state.pinned);
  const layout = useCallState((state) => state.layout);
  const isSelfHidden = useCallState((state) => state.selfHidden);
  const page = useCallState((state) => state.page);
  const isPhone = useIsPhone();
  // Drawing again with the same tiles comes to the same order, so it may be kept while drawing.
  const order = useRef<StageOrder>(FIRST_ORDER);
  const all = tilesOf(members, isSelfHidden);
  const followed = followTiles(order.current, all);
  const large = largeTiles(all, { pinned, spotlight, layout, speaker: followed.speaker });
  const gap = size.width < 600 || all.length > MANY ? 8 : 12;
  const stage = { ...size, gap };
  const plan = (by: StageOrder) => planStage({ stage, tiles: inOrder(all, by), large, page, isPhone });
  const before = plan(followed);
  order.current = bringIn(followed, before.onPage, new Set(before.placed.map(({ tile }) => tile.id)));
  return order.current === followed ? before : plan(order.current);
}

/** One's own picture comes last, wherever it stood. */
function inOrder(tiles: readonly TileView[], { ids }: StageOrder): readonly TileView[] {
  const places = new Map(ids.map((id, ix) => [id, ix]));
  const placeOf = ({ id, member, source }: TileView) =>
    member.isSelf && source === 'camera' ? Number.POSITIVE_INFINITY : (places.get(id) ?? ids.length);
  return [...tiles].sort((a, b) => placeOf(a) - placeOf(b));
}
