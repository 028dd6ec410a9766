import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RoomName, utf8Bytes } from './room.js';

it('counts the bytes of any text as the platform does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
});

it.each(['tea', 'Tea time', '우리 마당', 'a.b_c~d-e', '3', 'सभा'])('takes %s as the name of a room', (name) => {
  expect(RoomName.parse(name)).toBe(name.normalize('NFC'));
});

it.each(['.', '..', '-x', 'a/b', 'a?b', 'a#b', 'a%2f', 'a\\b', '<b>', 'a\nb', ''])(
  'refuses %j as the name of a room',
  (name) => {
    expect(RoomName.safeParse(name).success).toBe(false);
  },
);
