export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Space extends Rect {
  readonly gap: number;
}

/** The widest a tile gets: cameras are rarely wider, and more would cut off heads. */
const WIDEST = 16 / 9;
/** The narrowest, where the space is wide and where it is tall. */
const NARROWEST_WIDE = 1.2;
const NARROWEST_TALL = 0.7;
/** From this shape on a picture of 4:3 is shown whole. */
const UNCUT = 4 / 3;

/**
 * Places `count` tiles of one size in rows so that they show the most picture; an unfilled last row is centred. All
 * lengths in CSS pixels, whole numbers. `narrowest`: the least width over height. Never fails: without space the
 * rectangles are empty.
 */
export function fitTiles(space: Space, count: number, narrowest = narrowestIn(space)): readonly Rect[] {
  if (count === 0) return [];
  let best = gridOf(space, count, 1, narrowest);
  for (let columns = 2; columns <= count; columns++) {
    const next = gridOf(space, count, columns, narrowest);
    if (next.worth > best.worth) best = next;
  }
  return placeRows(space, count, best);
}

interface Grid {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** Picture shown, cut edges counting against it. */
  readonly worth: number;
}

function narrowestIn({ width, height }: Space): number {
  return width > height ? NARROWEST_WIDE : NARROWEST_TALL;
}

function gridOf(space: Space, count: number, columns: number, narrowest: number): Grid {
  const rows = Math.ceil(count / columns);
  const cellWidth = Math.max(0, (space.width - space.gap * (columns - 1)) / columns);
  const cellHeight = Math.max(0, (space.height - space.gap * (rows - 1)) / rows);
  const shape = Math.min(WIDEST, Math.max(narrowest, cellWidth / Math.max(1, cellHeight)));
  const width = Math.floor(Math.min(cellWidth, cellHeight * shape));
  const height = Math.floor(Math.min(cellHeight, cellWidth / shape));
  return { columns, width, height, worth: width * height * Math.cbrt(Math.min(1, shape / UNCUT)) };
}

function placeRows(space: Space, count: number, { columns, width, height }: Grid): readonly Rect[] {
  const rows = Math.ceil(count / columns);
  const top = space.y + (space.height - rows * height - (rows - 1) * space.gap) / 2;
  return Array.from({ length: count }, (_, ix) => {
    const row = Math.floor(ix / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = space.x + (space.width - inRow * width - (inRow - 1) * space.gap) / 2;
    return {
      x: Math.round(left + (ix % columns) * (width + space.gap)),
      y: Math.round(top + row * (height + space.gap)),
      width,
      height,
    };
  });
}

export interface StageSpace {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  /** Kept free below the strip of the small tiles, when some are large. */
  readonly foot?: number;
}

/**
 * Where everything stands: one rectangle per tile, in the order given. `large` are the indexes of the large ones, which
 * share what they get; the others stand in a strip. Without any, or with nothing but them, all are alike.
 */
export function arrangeStage(stage: StageSpace, count: number, large: readonly number[]): readonly Rect[] {
  const whole = { x: 0, y: 0, ...stage };
  if (large.length === 0 || count === large.length) return fitTiles(whole, count);
  const split = splitStage(stage);
  const others = fitTiles({ ...split.strip, gap: stage.gap }, count - large.length);
  const chosen =
    large.length === 1 ? [split.large] : fitTiles({ ...split.large, gap: stage.gap }, large.length, WIDEST);
  let [nextLarge, nextOther] = [0, 0];
  return Array.from({ length: count }, (_, ix) => (large.includes(ix) ? chosen[nextLarge++]! : others[nextOther++]!));
}

/** The large tiles take what they can; the others stand beside them where the stage is wide, below where it is tall. */
export function splitStage({ width, height, gap, foot = 0 }: StageSpace): { large: Rect; strip: Rect } {
  if (width > height) {
    const aside = Math.round(Math.min(280, Math.max(140, width * 0.22)));
    const large = { x: 0, y: 0, width: Math.max(0, width - aside - gap), height };
    return { large, strip: { x: large.width + gap, y: 0, width: aside, height: Math.max(0, height - foot) } };
  }
  const usable = Math.max(0, height - foot);
  const above = Math.round(Math.min(usable * 0.76, Math.max(usable * 0.5, width / NARROWEST_WIDE)));
  const large = { x: 0, y: 0, width, height: above };
  return { large, strip: { x: 0, y: above + gap, width, height: Math.max(0, usable - above - gap) } };
}
