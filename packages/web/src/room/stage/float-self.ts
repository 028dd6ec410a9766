import { fitTiles, type Rect, type StageSpace } from './arrange-stage.js';
import type { TileView } from './tiles.js';

const MARGIN_PX = 10;
/** Share of the stage's shorter side that one's own picture takes, and its bounds in CSS pixels. */
const SHARE = 0.28;
const SMALLEST_PX = 84;
const LARGEST_PX = 132;
/** With more others than this, one's own picture stands among them instead of over them. */
const MOST_OTHERS = 2;

/** Whether one's own picture floats over the others': on a phone, while nobody is large. It is the last tile then. */
export function floatsSelf(tiles: readonly TileView[], hasLarge: boolean, isPhone: boolean): boolean {
  const last = tiles.at(-1);
  const isSelfLast = last?.member.isSelf === true && last.source === 'camera';
  return isPhone && !hasLarge && isSelfLast && tiles.length > 1 && tiles.length - 1 <= MOST_OTHERS;
}

/** The others fill the stage; the last of `count` tiles, oneself, floats in the lower right corner. */
export function arrangeFloating(stage: StageSpace, count: number): readonly Rect[] {
  const others = count - 1;
  const isTall = stage.height > stage.width;
  const rects = others === 1 ? [{ x: 0, y: 0, width: stage.width, height: stage.height }] : halves(stage, isTall);
  const short = Math.round(Math.min(LARGEST_PX, Math.max(SMALLEST_PX, Math.min(stage.width, stage.height) * SHARE)));
  const long = Math.round((short * 4) / 3);
  const [width, height] = isTall ? [short, long] : [long, short];
  const self = { x: stage.width - width - MARGIN_PX, y: stage.height - height - MARGIN_PX, width, height };
  return others === 0 ? fitTiles({ x: 0, y: 0, ...stage }, 1) : [...rects.slice(0, others), self];
}

function halves({ width, height, gap }: StageSpace, isTall: boolean): readonly Rect[] {
  const half = Math.floor(((isTall ? height : width) - gap) / 2);
  return [0, half + gap].map((at) =>
    isTall ? { x: 0, y: at, width, height: half } : { x: at, y: 0, width: half, height },
  );
}
