import { expect, test } from 'vitest';
import type { MemberView } from '../../state/room-view.js';
import { type LargeWish, largeTiles, tilesOf } from './tiles.js';

const member = (id: string, more: Partial<MemberView> = {}) =>
  ({ id, name: id, isSelf: false, screen: undefined, ...more }) as MemberView;
const sharing = { screen: {} as NonNullable<MemberView['screen']> };
const me = member('me', { isSelf: true });
const ids = (members: readonly MemberView[], isSelfHidden = false) =>
  tilesOf(members, isSelfHidden).map(({ id }) => id);
const large = (members: readonly MemberView[], wish: Partial<LargeWish> = {}) =>
  largeTiles(tilesOf(members), { pinned: null, spotlight: null, layout: 'auto', speaker: undefined, ...wish });

test('oneself comes last', () => {
  expect(ids([me, member('a'), member('b')])).toEqual(['a/camera', 'b/camera', 'me/camera']);
});

test('every shared screen is a tile of its own, and those of others are the large ones', () => {
  const members = [member('me', { isSelf: true, ...sharing }), member('a', sharing), member('b', sharing)];
  expect(ids(members)).toEqual(['a/screen', 'a/camera', 'b/screen', 'b/camera', 'me/screen', 'me/camera']);
  expect(large(members)).toEqual(['a/screen', 'b/screen']);
});

test('one’s own screen is large only when it was pinned', () => {
  const members = [member('me', { isSelf: true, ...sharing }), member('a')];
  expect(large(members)).toEqual([]);
  expect(large(members, { pinned: 'me/screen' })).toEqual(['me/screen']);
});

test('one’s own pin goes before the spotlight of a host, and that before a screen', () => {
  const members = [me, member('a', sharing), member('b'), member('c')];
  expect(large(members, { pinned: 'b/camera', spotlight: 'c/camera' })).toEqual(['b/camera']);
  expect(large(members, { spotlight: 'c/camera' })).toEqual(['c/camera']);
  expect(large(members, { pinned: 'gone/camera', spotlight: 'gone/camera' })).toEqual(['a/screen']);
});

test('who speaks is large only where that was chosen, and somebody is when nobody has spoken yet', () => {
  const members = [me, member('a'), member('b')];
  expect(large(members, { speaker: 'b/camera' })).toEqual([]);
  expect(large(members, { speaker: 'b/camera', layout: 'speaker' })).toEqual(['b/camera']);
  expect(large(members, { layout: 'speaker' })).toEqual(['a/camera']);
  expect(large([me], { layout: 'speaker' })).toEqual([]);
});

test('all alike leaves nobody large, whoever shares or is pinned', () => {
  const members = [me, member('a', sharing)];
  expect(large(members, { pinned: 'a/camera', spotlight: 'a/camera', layout: 'tiles' })).toEqual([]);
});

test('oneself is left out when hidden, nobody else is, and one’s own screen neither', () => {
  expect(ids([me, member('a')], true)).toEqual(['a/camera']);
  expect(ids([member('me', { isSelf: true, ...sharing }), member('a')], true)).toEqual(['a/camera', 'me/screen']);
});
