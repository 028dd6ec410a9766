import { expect, test } from 'vitest';
import type { MemberView } from '../../state/room-view.js';
import { arrangeFloating, floatsSelf } from './float-self.js';
import { tilesOf } from './tiles.js';

const tiles = (others: number) =>
  tilesOf([
    { id: 'me', isSelf: true },
    ...Array.from({ length: others }, (_, ix) => ({ id: `m${ix}`, isSelf: false })),
  ] as unknown as MemberView[]);

test('on a phone one’s own picture floats over one or two others, not over three and not beside a large one', () => {
  expect(floatsSelf(tiles(1), false, true)).toBe(true);
  expect(floatsSelf(tiles(2), false, true)).toBe(true);
  expect(floatsSelf(tiles(3), false, true)).toBe(false);
  expect(floatsSelf(tiles(0), false, true)).toBe(false);
  expect(floatsSelf(tiles(2), true, true)).toBe(false);
  expect(floatsSelf(tiles(1), false, false)).toBe(false);
});

test('a hidden self leaves nothing to float', () => {
  expect(floatsSelf(tiles(1).slice(0, 1), false, true)).toBe(false);
});

test.each([
  ['upright', { width: 344, height: 600, gap: 8 }],
  ['on its side', { width: 624, height: 290, gap: 8 }],
  ['the smallest', { width: 304, height: 180, gap: 8 }],
])('%s: the others fill the stage and the floating picture stays inside it', (_, stage) => {
  const [other, self] = arrangeFloating(stage, 2);
  expect(other).toEqual({ x: 0, y: 0, width: stage.width, height: stage.height });
  expect(self!.x).toBeGreaterThan(stage.width / 2);
  expect(self!.x + self!.width).toBeLessThan(stage.width);
  expect(self!.y).toBeGreaterThan(0);
  expect(self!.y + self!.height).toBeLessThan(stage.height);
});

test('two others share the longer side', () => {
  expect(arrangeFloating({ width: 344, height: 608, gap: 8 }, 3).slice(0, 2)).toEqual([
    { x: 0, y: 0, width: 344, height: 300 },
    { x: 0, y: 308, width: 344, height: 300 },
  ]);
});
