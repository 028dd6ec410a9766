import { arrangeStage, fitTiles, type Rect, type StageSpace, splitStage } from './arrange-stage.js';
import { arrangeFloating, floatsSelf } from './float-self.js';
import type { TileView } from './tiles.js';

/** On one page, as far as there is space. */
export const MOST_TILES = 49;
/** Height of the row with the buttons that turn the pages, in CSS pixels. */
export const PAGER_PX = 48;

/** A tile smaller than this shows no face: widths and heights in CSS pixels. */
const SMALLEST = {
  stage: { width: 104, height: 72 },
  phone: { width: 140, height: 96 },
  strip: { width: 110, height: 72 },
  phoneStrip: { width: 84, height: 60 },
} as const;
type Smallest = (typeof SMALLEST)[keyof typeof SMALLEST];

export interface PlacedTile {
  readonly tile: TileView;
  readonly rect: Rect;
  readonly isLarge: boolean;
  /** Lies over the others, small. */
  readonly isFloating: boolean;
}

export interface StagePlan {
  /** What is seen, in the order in which it is read. */
  readonly placed: readonly PlacedTile[];
  /** Ids of the seen tiles that stand on a page, and may give their place to another. */
  readonly onPage: readonly string[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** Where the buttons that turn the pages stand, when there are several. */
  readonly pager: Rect | undefined;
}

export interface StageWish {
  readonly stage: StageSpace;
  /** In their order. */
  readonly tiles: readonly TileView[];
  /** Ids of the large ones. */
  readonly large: readonly string[];
  /** The page looked at; the last one when there are fewer by now. */
  readonly page: number;
  readonly isPhone: boolean;
}

/**
 * What stands where. What does not fit in a size that shows a face goes to further pages; large tiles and one's own stand
 * on each of them.
 */
export function planStage(wish: StageWish): StagePlan {
  const { stage, tiles, isPhone } = wish;
  const large = tiles.filter(({ id }) => wish.large.includes(id));
  const rest = tiles.filter(({ id }) => !wish.large.includes(id));
  if (floatsSelf(tiles, large.length > 0, isPhone)) {
    const rects = arrangeFloating(stage, tiles.length);
    return onePage(tiles.map((tile, ix) => place(tile, rects[ix]!, [], ix === tiles.length - 1)));
  }
  const room = capacity(stage, large.length, isPhone);
  if (rest.length <= room) return onePage(placeAll(stage, tiles, wish.large));
  return pageOf(wish, large, rest);
}

function onePage(placed: readonly PlacedTile[]): StagePlan {
  const onPage = placed.filter(({ tile, isLarge }) => !isLarge && !isOwnCamera(tile)).map(({ tile }) => tile.id);
  return { placed, onPage, page: 0, pages: 1, pager: undefined };
}

function pageOf(wish: StageWish, large: readonly TileView[], rest: readonly TileView[]): StagePlan {
  const { whole, pager } = withPager(wish.stage, large.length > 0);
  const own = rest.filter(isOwnCamera);
  const others = rest.filter((tile) => !isOwnCamera(tile));
  const each = Math.max(1, capacity(whole, large.length, wish.isPhone) - own.length);
  const pages = Math.ceil(others.length / each);
  const page = Math.min(Math.max(0, wish.page), pages - 1);
  const seen = others.slice(page * each, (page + 1) * each);
  const placed = placeAll(whole, [...large, ...seen, ...own], wish.large);
  return { placed, onPage: seen.map(({ id }) => id), page, pages, pager };
}

function placeAll(stage: StageSpace, tiles: readonly TileView[], large: readonly string[]): readonly PlacedTile[] {
  const largeIxs = tiles.flatMap(({ id }, ix) => (large.includes(id) ? [ix] : []));
  const rects = arrangeStage(stage, tiles.length, largeIxs);
  return tiles.map((tile, ix) => place(tile, rects[ix]!, large, false));
}

const place = (tile: TileView, rect: Rect, large: readonly string[], isFloating: boolean): PlacedTile => ({
  tile,
  rect,
  isLarge: large.includes(tile.id),
  isFloating,
});

const isOwnCamera = ({ source, member }: TileView): boolean => source === 'camera' && member.isSelf;

/** How many tiles that are not large are still to be made out. At least one, however small the stage. */
export function capacity(stage: StageSpace, largeCount: number, isPhone: boolean): number {
  const area = largeCount > 0 ? { ...splitStage(stage).strip, gap: stage.gap } : { x: 0, y: 0, ...stage };
  const smallest = smallestOf(largeCount > 0, isPhone);
  for (let count = MOST_TILES - largeCount; count > 1; count--) {
    const { width, height } = fitTiles(area, count)[0]!;
    if (width >= smallest.width && height >= smallest.height) return count;
  }
  return 1;
}

function smallestOf(isStrip: boolean, isPhone: boolean): Smallest {
  if (isStrip) return isPhone ? SMALLEST.phoneStrip : SMALLEST.strip;
  return isPhone ? SMALLEST.phone : SMALLEST.stage;
}

/** The stage without the row for the buttons, and that row: below everything, or below the strip beside large tiles. */
function withPager(stage: StageSpace, hasLarge: boolean): { whole: StageSpace; pager: Rect } {
  const y = Math.max(0, stage.height - PAGER_PX);
  if (!hasLarge) return { whole: { ...stage, height: y }, pager: { x: 0, y, width: stage.width, height: PAGER_PX } };
  const whole = { ...stage, foot: PAGER_PX };
  const { x, width } = splitStage(whole).strip;
  return { whole, pager: { x, y, width, height: PAGER_PX } };
}
