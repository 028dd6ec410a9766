import { useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { raisedHands } from '../../state/room-view.js';
import { useElementSize } from '../../ui/use-element-size.js';
import { useIsPhone } from '../../ui/use-is-phone.js';
import { AloneCard } from './alone-card.js';
import { arrangeStage } from './arrange-stage.js';
import { arrangeFloating, floatsSelf } from './float-self.js';
import styles from './stage.module.css';
import { Tile } from './tile.js';
import { focusOf, tilesOf } from './tiles.js';

const ALONE_CARD_PX = 190;

/** Everyone's tile, placed to fill the space there is. */
export function Stage() {
  const { room } = useMessages();
  const members = useCallState((state) => state.view.members);
  const pinned = useCallState((state) => state.pinned);
  const isTiled = useCallState((state) => state.tiled);
  const isSelfHidden = useCallState((state) => state.selfHidden);
  const isPhone = useIsPhone();
  const [ref, size] = useElementSize();
  const tiles = tilesOf(members, isSelfHidden);
  const focus = isTiled ? undefined : focusOf(tiles, pinned);
  const isAlone = members.length === 1;
  const isTall = size.height > size.width;
  // On a wide stage the card floats over the picture; on a tall one there is room below it.
  const height = isAlone && isTall ? Math.max(0, size.height - ALONE_CARD_PX) : size.height;
  const stage = { width: size.width, height, gap: size.width < 600 ? 8 : 12 };
  const isFloating = floatsSelf(tiles, focus, isPhone);
  const rects = isFloating ? arrangeFloating(stage, tiles.length) : arrangeStage(stage, tiles.length, focus);
  const hands = raisedHands(members).map(({ id }) => id);
  return (
    <section className={styles.stage} aria-label={room.stage} ref={ref}>
      {size.width > 0 &&
        tiles.map((tile, ix) => (
          <Tile
            key={tile.id}
            tile={tile}
            rect={rects[ix]!}
            isPinned={tile.id === pinned && !isTiled}
            isFloating={isFloating && tile.member.isSelf}
            handPlace={hands.indexOf(tile.member.id) + 1}
          />
        ))}
      {isAlone && <AloneCard isBelow={isTall} />}
    </section>
  );
}
