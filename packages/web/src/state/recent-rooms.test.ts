import { expect, test } from 'vitest';
import { withRecent } from './recent-rooms.js';

test('the room just entered comes first and stands there once', () => {
  expect(withRecent(['a', 'b', 'c'], 'c')).toEqual(['c', 'a', 'b']);
});

test('six rooms are kept', () => {
  expect(withRecent(['a', 'b', 'c', 'd', 'e', 'f'], 'g')).toEqual(['g', 'a', 'b', 'c', 'd', 'e']);
});
