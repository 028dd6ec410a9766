import { expect, test } from 'vitest';
import { fitTiles } from './arrange-stage.js';
import type { PlacedTile } from './stage-plan.js';
import { stepTo } from './step-to.js';

/** 0 1 2 / 3 4 5 / 6, the last one in the middle. */
const placed = fitTiles({ x: 0, y: 0, width: 900, height: 700, gap: 8 }, 7).map(
  (rect, ix) => ({ rect, tile: { id: String(ix) } }) as PlacedTile,
);

test.each([
  ['0', 'ArrowRight', '1'],
  ['1', 'ArrowLeft', '0'],
  ['1', 'ArrowDown', '4'],
  ['4', 'ArrowDown', '6'],
  ['6', 'ArrowUp', '4'],
  ['0', 'ArrowLeft', undefined],
  ['0', 'ArrowUp', undefined],
  ['4', 'Home', '0'],
  ['4', 'End', '6'],
  ['gone', 'ArrowRight', '0'],
] as const)('from tile %s, %s leads to %s', (from, step, to) => {
  expect(stepTo(placed, from, step)).toBe(to);
});
