import { useEffect, useRef } from 'react';
import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { raisedHands } from '../../state/room-view.js';
import { useElementSize } from '../../ui/use-element-size.js';
import { AloneCard } from './alone-card.js';
import { Pager } from './pager.js';
import styles from './stage.module.css';
import { Tile } from './tile.js';
import { useStagePlan } from './use-stage-plan.js';
import { useSwipe } from './use-swipe.js';
import { useTileFocus } from './use-tile-focus.js';

const ALONE_CARD_PX = 190;

/** Everyone's tile, placed to fill the space there is; who does not fit stands on a further page. */
export function Stage() {
  const { store } = useCall();
  const { room } = useMessages();
  const members = useCallState((state) => state.view.members);
  const [ref, size] = useElementSize();
  const isAlone = members.length === 1;
  const isTall = size.height > size.width;
  // On a wide stage the card floats over the picture; on a tall one there is room below it.
  const height = isAlone && isTall ? Math.max(0, size.height - ALONE_CARD_PX) : size.height;
  const plan = useStagePlan({ width: size.width, height });
  const pinned = useCallState((state) => (state.layout === 'tiles' ? null : state.pinned));
  const spotlight = useCallState((state) => state.view.spotlight);
  const focus = useTileFocus(plan.placed);
  const swipe = useSwipe(plan.pages > 1);
  useShown(store, plan);
  const hands = raisedHands(members).map(({ id }) => id);
  return (
    <section className={styles.stage} aria-label={room.stage} ref={ref} onKeyDown={focus.onKeyDown} {...swipe}>
      {size.width > 0 &&
        plan.placed.map(({ tile, rect, isFloating, isLarge }) => (
          <Tile
            key={tile.id}
            tile={tile}
            rect={rect}
            isPinned={tile.id === pinned}
            isSpotlit={tile.id === spotlight}
            isLarge={isLarge}
            isFloating={isFloating}
            isReached={tile.id === focus.reached}
            onReach={focus.onReach}
            handPlace={hands.indexOf(tile.member.id) + 1}
          />
        ))}
      {plan.pager && <Pager rect={plan.pager} page={plan.page} pages={plan.pages} />}
      {isAlone && <AloneCard isBelow={isTall} />}
    </section>
  );
}

/** Tells the rest of the page what stands on the stage, and which page it is. */
function useShown(store: ReturnType<typeof useCall>['store'], plan: ReturnType<typeof useStagePlan>): void {
  const shown = useRef('');
  useEffect(() => {
    const ids = plan.placed.map(({ tile }) => tile.id);
    if (shown.current !== ids.join()) store.setState({ shown: ids });
    shown.current = ids.join();
    if (store.getState().page !== plan.page) store.setState({ page: plan.page });
  });
}
