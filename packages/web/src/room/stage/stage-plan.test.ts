import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MemberView } from '../../state/room-view.js';
import { MOST_TILES, PAGER_PX, planStage, type StageWish } from './stage-plan.js';
import { tilesOf } from './tiles.js';

const room = (others: number) =>
  tilesOf([
    { id: 'me', isSelf: true },
    ...Array.from({ length: others }, (_, ix) => ({ id: `m${ix}`, isSelf: false })),
  ] as unknown as MemberView[]);

const LAPTOP = { stage: { width: 1256, height: 640, gap: 8 }, large: [], page: 0, isPhone: false };
const PHONE = { stage: { width: 374, height: 690, gap: 8 }, large: [], page: 0, isPhone: true };
const plan = (on: Omit<StageWish, 'tiles'>, others: number, more: Partial<StageWish> = {}) =>
  planStage({ ...on, tiles: room(others), ...more });
const idsOf = ({ placed }: ReturnType<typeof planStage>) => placed.map(({ tile }) => tile.id);

test('forty-nine fit on one page of a laptop', () => {
  expect(plan(LAPTOP, 48)).toMatchObject({ pages: 1, page: 0, pager: undefined });
  expect(plan(LAPTOP, 48).placed).toHaveLength(MOST_TILES);
});

describe('with more than fit', () => {
  test('the others stand on further pages, oneself on each, nobody twice', () => {
    const first = plan(LAPTOP, 60);
    const second = plan(LAPTOP, 60, { page: 1 });
    expect(first.pages).toBe(2);
    expect(idsOf(first).at(-1)).toBe('me/camera');
    expect(idsOf(second).at(-1)).toBe('me/camera');
    expect([...first.onPage, ...second.onPage]).toEqual(Array.from({ length: 60 }, (_, ix) => `m${ix}/camera`));
  });

  test('a page that is there no longer shows the last one', () => {
    expect(plan(LAPTOP, 60, { page: 7 }).page).toBe(1);
    expect(plan(LAPTOP, 3, { page: 7 }).page).toBe(0);
  });

  test('the buttons stand below the tiles', () => {
    const { placed, pager } = plan(LAPTOP, 60);
    const lowest = Math.max(...placed.map(({ rect }) => rect.y + rect.height));
    expect(pager!.y).toBeGreaterThanOrEqual(lowest);
    expect(pager!.y + pager!.height).toBe(640);
  });
});

test('a phone shows as many as can be made out, and the rest on further pages', () => {
  const { placed, pages } = plan(PHONE, 11);
  expect(Math.min(...placed.map(({ rect }) => rect.width))).toBeGreaterThanOrEqual(140);
  expect(pages).toBe(1);
  expect(plan(PHONE, 30).pages).toBeGreaterThan(1);
});

test('on a phone with one other, one’s own picture floats over it', () => {
  expect(plan(PHONE, 1).placed.map(({ isFloating }) => isFloating)).toEqual([false, true]);
});

test('a large tile stays on every page of the strip', () => {
  for (const page of [0, 1]) {
    const { placed, pages } = plan(LAPTOP, 60, { page, large: ['m7/camera'] });
    expect(pages).toBeGreaterThan(1);
    expect(placed.filter(({ isLarge }) => isLarge).map(({ tile }) => tile.id)).toEqual(['m7/camera']);
    expect(placed.at(-1)?.tile.id).toBe('me/camera');
  }
});

test('on any stage, everyone stands on exactly one page, inside the stage', () => {
  const wish = fc.record({
    width: fc.integer({ min: 200, max: 2600 }),
    height: fc.integer({ min: 160, max: 1600 }),
    others: fc.integer({ min: 0, max: 120 }),
    large: fc.boolean(),
    isPhone: fc.boolean(),
  });
  fc.assert(
    fc.property(wish, ({ width, height, others, large, isPhone }) => {
      const stage = { width, height, gap: 8 };
      const ask = (page: number) => plan({ stage, isPhone, page, large: large ? ['m0/camera'] : [] }, others);
      const plans = Array.from({ length: ask(0).pages }, (_, page) => ask(page));
      const seen = plans.flatMap(({ placed }) =>
        placed.filter(({ tile, isLarge }) => !tile.member.isSelf && !isLarge).map(({ tile }) => tile.id),
      );
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toHaveLength(others - (large && others > 0 ? 1 : 0));
      for (const { placed, pages } of plans) {
        expect(placed.length).toBeLessThanOrEqual(MOST_TILES);
        const bottom = height - (pages > 1 ? PAGER_PX : 0);
        for (const { rect, isLarge } of placed) {
          expect(rect.x + rect.width).toBeLessThanOrEqual(width + 1);
          expect(rect.y + rect.height).toBeLessThanOrEqual((isLarge ? height : Math.max(0, bottom)) + 1);
        }
      }
    }),
    { numRuns: 60 },
  );
});
