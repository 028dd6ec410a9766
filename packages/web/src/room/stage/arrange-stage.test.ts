import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrangeStage, fitTiles, type Rect } from './arrange-stage.js';

const overlaps = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const area = ({ width, height }: Rect) => width * height;

describe('on a laptop (1256 × 640)', () => {
  const space = { x: 0, y: 0, width: 1256, height: 640, gap: 12 };

  test('two stand side by side, as wide as fits', () => {
    const [a, b] = fitTiles(space, 2);
    expect([a!.width, b!.width]).toEqual([622, 622]);
    expect(a!.y).toBe(b!.y);
  });

  test('three stand two above one, the one in the middle', () => {
    const [a, , c] = fitTiles(space, 3);
    expect(c!.y).toBeGreaterThan(a!.y + a!.height);
    expect(c!.x + c!.width / 2).toBeCloseTo(628, -1);
  });

  test('four stand two by two and leave no space above or below', () => {
    const tiles = fitTiles(space, 4);
    expect(new Set(tiles.map(({ y }) => y)).size).toBe(2);
    expect(tiles.reduce((sum, { height }) => sum + height, 0)).toBeGreaterThan(2 * 620);
  });
});

describe('on a phone held upright (344 × 560)', () => {
  const space = { x: 0, y: 0, width: 344, height: 560, gap: 8 };

  test('one fills the width, two stand above each other', () => {
    expect(fitTiles(space, 1)[0]!.width).toBe(344);
    const [a, b] = fitTiles(space, 2);
    expect([a!.width, a!.x, b!.x]).toEqual([344, 0, 0]);
    expect(b!.y).toBeGreaterThanOrEqual(a!.y + a!.height);
  });

  test('four stand two by two', () => {
    expect(new Set(fitTiles(space, 4).map(({ x }) => x)).size).toBe(2);
  });
});

test('a large tile gets most of a wide stage, and the others a column beside it', () => {
  const rects = arrangeStage({ width: 1256, height: 640, gap: 12 }, 4, [1]);
  expect(area(rects[1]!)).toBeGreaterThan(0.7 * 1256 * 640);
  for (const ix of [0, 2, 3]) expect(rects[ix]!.x).toBeGreaterThan(rects[1]!.width);
});

test('a large tile alone takes everything that its shape allows', () => {
  expect(arrangeStage({ width: 1256, height: 640, gap: 12 }, 1, [0])[0]!.height).toBe(640);
});

test('two large tiles share what one would get, and the rest stay in the strip', () => {
  const rects = arrangeStage({ width: 1256, height: 640, gap: 12 }, 6, [0, 2]);
  const strip = [1, 3, 4, 5].map((ix) => rects[ix]!);
  for (const ix of [0, 2]) expect(area(rects[ix]!)).toBeGreaterThan(3 * Math.max(...strip.map(area)));
  for (const { x } of strip) expect(x).toBeGreaterThan(900);
});

test('forty-nine on a laptop are each at least 90 pixels high', () => {
  const tiles = fitTiles({ x: 0, y: 0, width: 1256, height: 640, gap: 8 }, 49);
  expect(tiles[0]!.height).toBeGreaterThanOrEqual(90);
});

test('on any stage tiles stay inside, apart from each other, and in order', () => {
  const stages = fc.record({ width: fc.integer({ min: 240, max: 3000 }), height: fc.integer({ min: 240, max: 2000 }) });
  fc.assert(
    fc.property(stages, fc.integer({ min: 1, max: 60 }), fc.boolean(), (stage, count, hasFocus) => {
      const rects = arrangeStage({ ...stage, gap: 8 }, count, hasFocus ? [count - 1] : []);
      expect(rects).toHaveLength(count);
      for (const [ix, rect] of rects.entries()) {
        expect(rect.x).toBeGreaterThanOrEqual(0);
        expect(rect.y).toBeGreaterThanOrEqual(0);
        expect(rect.x + rect.width).toBeLessThanOrEqual(stage.width + 1);
        expect(rect.y + rect.height).toBeLessThanOrEqual(stage.height + 1);
        for (const other of rects.slice(ix + 1)) expect(overlaps(rect, other)).toBe(false);
      }
    }),
  );
});

test('without space there are empty rectangles, not negative ones', () => {
  for (const rect of arrangeStage({ width: 0, height: 0, gap: 8 }, 5, [0])) {
    expect(rect.width).toBeGreaterThanOrEqual(0);
    expect(rect.height).toBeGreaterThanOrEqual(0);
  }
});
