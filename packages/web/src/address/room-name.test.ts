import { RoomName } from '@madang/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inventRoomName } from './invent-room-name.js';
import { checkRoomName } from './room-name.js';

test.each([
  ['  garden ', { ok: true, name: 'garden' }],
  ['우리 마당', { ok: true, name: '우리 마당' }],
  ['우리', { ok: true, name: '우리' }],
  ['', { ok: false, problem: 'empty' }],
  ['a'.repeat(65), { ok: false, problem: 'too-long' }],
  ['𐀀'.repeat(64), { ok: true, name: '𐀀'.repeat(64) }],
  ['𐀀'.repeat(65), { ok: false, problem: 'too-long' }],
  [`a${' '.repeat(256)}`, { ok: false, problem: 'too-long' }],
  ['-garden', { ok: false, problem: 'bad-start' }],
  ['garden.', { ok: false, problem: 'bad-end' }],
  ['a/b', { ok: false, problem: 'bad-character' }],
])('%j is judged with its reason', (typed, expected) => {
  expect(checkRoomName(typed)).toEqual(expected);
});

test('the page and the server agree on every name', () => {
  const character = fc.oneof(fc.constantFrom(...'aZ0 ._~-/가힣́é#?𐀀'), fc.string({ unit: 'binary', minLength: 1 }));
  const typed = fc.array(character, { maxLength: 90 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(typed, (text) => {
      const here = checkRoomName(text);
      const there = RoomName.safeParse(text);
      expect(here.ok).toBe(there.success);
      if (here.ok) expect(here.name).toBe(there.data);
    }),
  );
});

test.each(['en', 'ko'] as const)(
  'an invented name in %s is one that the server takes, and not the same twice',
  (language) => {
    const names = Array.from({ length: 50 }, () => inventRoomName(language));
    for (const name of names) expect(RoomName.safeParse(name).data).toBe(name);
    expect(new Set(names).size).toBe(50);
  },
);
