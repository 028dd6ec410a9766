import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemberView } from '../../state/room-view.js';
import { bringIn, FIRST_ORDER, followTiles, type StageOrder } from './stage-order.js';
import { type TileView, tilesOf } from './tiles.js';

const tilesWith = (ids: readonly string[], speaking: readonly string[] = [], sharing: readonly string[] = []) =>
  tilesOf(
    ids.map(
      (id) =>
        ({
          id,
          isSelf: id === 'me',
          speaking: speaking.includes(id),
          media: { microphone: 'on' },
          screen: sharing.includes(id) ? {} : undefined,
        }) as MemberView,
    ),
  );

const follow = (...moments: (readonly TileView[])[]): StageOrder =>
  moments.reduce((order, tiles) => followTiles(order, tiles), FIRST_ORDER);
const short = (order: StageOrder) => order.ids.map((id) => id.replace('/camera', '')).join(' ');

test('who is new comes last, who leaves closes the gap, a new screen comes first', () => {
  const order = follow(tilesWith(['a', 'b', 'c']), tilesWith(['a', 'c', 'd'], [], ['c']));
  expect(short(order)).toBe('c/screen a c d');
});

test('whoever holds the floor keeps it until silent, then it goes to who began last', () => {
  const moments = [['a'], ['a', 'b'], ['a', 'b', 'c'], ['b', 'c'], []].map((speaking) =>
    tilesWith(['a', 'b', 'c'], speaking),
  );
  const speakers = moments.map((_, ix) => follow(...moments.slice(0, ix + 1)).speaker);
  expect(speakers).toEqual(['a/camera', 'a/camera', 'a/camera', 'c/camera', 'c/camera']);
});

test('a voice behind a muted microphone, and one’s own, is none', () => {
  const [muted] = tilesWith(['a'], ['a']);
  const tile = { ...muted!, member: { ...muted!.member, media: { microphone: 'muted' } } } as TileView;
  expect(follow([tile, ...tilesWith(['me'], ['me'])]).speaker).toBeUndefined();
});

test('who speaks unseen changes places with who has been silent longest; nobody else moves', () => {
  const all = ['a', 'b', 'c', 'd', 'e'];
  const visible = ['a/camera', 'b/camera', 'c/camera'];
  const order = follow(tilesWith(all, ['c']), tilesWith(all, ['a']), tilesWith(all), tilesWith(all, ['e']));
  expect(short(bringIn(order, visible, new Set(visible)))).toBe('a e c d b');
});

test('nobody gives way to somebody who is seen, or while everyone visible speaks', () => {
  const order = follow(tilesWith(['a', 'b', 'c'], ['a', 'b', 'c']));
  expect(bringIn(order, ['a/camera', 'b/camera'], new Set(order.ids))).toBe(order);
  expect(bringIn(order, ['a/camera', 'b/camera'], new Set(['a/camera', 'b/camera']))).toBe(order);
});

test('whatever happens, everyone stands once, and following the same moment again changes nothing', () => {
  const names = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });
  const moment = fc.record({ there: names, speaking: names });
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 12 }), fc.integer({ min: 1, max: 6 }), (moments, size) => {
      let order = FIRST_ORDER;
      for (const { there, speaking } of moments) {
        const tiles = tilesWith(there, speaking);
        order = followTiles(order, tiles);
        const visible = order.ids.slice(0, size);
        order = bringIn(order, visible, new Set(visible));
        expect([...order.ids].sort()).toEqual(tiles.map(({ id }) => id).sort());
        expect(followTiles(order, tiles)).toEqual(order);
        const seen = new Set(order.ids.slice(0, size));
        const unseen = [...order.speaking].filter((id) => !seen.has(id));
        expect(unseen.length === 0 || [...seen].every((id) => order.speaking.has(id))).toBe(true);
      }
    }),
  );
});
