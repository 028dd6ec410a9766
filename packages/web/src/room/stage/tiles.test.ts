import { expect, test } from 'vitest';
import type { MemberView } from '../../state/room-view.js';
import { focusOf, tilesOf } from './tiles.js';

const member = (id: string, more: Partial<MemberView> = {}) =>
  ({ id, name: id, isSelf: false, screen: undefined, ...more }) as MemberView;
const sharing = { screen: {} as NonNullable<MemberView['screen']> };

test('oneself comes last', () => {
  const tiles = tilesOf([member('me', { isSelf: true }), member('a'), member('b')]);
  expect(tiles.map(({ id }) => id)).toEqual(['a/camera', 'b/camera', 'me/camera']);
});

test('a shared screen is a tile of its own and becomes the large one', () => {
  const tiles = tilesOf([member('me', { isSelf: true }), member('a', sharing)]);
  expect(tiles.map(({ id }) => id)).toEqual(['a/screen', 'a/camera', 'me/camera']);
  expect(focusOf(tiles, null)).toBe(0);
});

test('one’s own screen is not shown to oneself', () => {
  expect(tilesOf([member('me', { isSelf: true, ...sharing })]).map(({ id }) => id)).toEqual(['me/camera']);
});

test('a pinned tile goes before a screen, until its member has left', () => {
  const tiles = tilesOf([member('a', sharing), member('b')]);
  expect(focusOf(tiles, 'b/camera')).toBe(2);
  expect(focusOf(tiles, 'gone/camera')).toBe(0);
  expect(focusOf(tilesOf([member('a')]), null)).toBeUndefined();
});

test('oneself is left out when hidden, nobody else is', () => {
  const tiles = tilesOf([member('me', { isSelf: true }), member('a')], true);
  expect(tiles.map(({ id }) => id)).toEqual(['a/camera']);
});
