import { MemberName } from '@madang/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkMemberName } from './member-name.js';

test.each([
  ['  Ada   Lovelace ', { ok: true, name: 'Ada Lovelace' }],
  ['김민준', { ok: true, name: '김민준' }],
  [' ', { ok: false, problem: 'empty' }],
  ['a'.repeat(65), { ok: false, problem: 'too-long' }],
  ['😀'.repeat(64), { ok: true, name: '😀'.repeat(64) }],
  ['😀'.repeat(65), { ok: false, problem: 'too-long' }],
  ['a\u202eb', { ok: false, problem: 'bad-character' }],
])('%j is judged with its reason', (typed, expected) => {
  expect(checkMemberName(typed)).toEqual(expected);
});

test('the page and the server agree on every name', () => {
  const character = fc.oneof(
    fc.constantFrom(...'a 가😀\t\u0000\u2028\ue000'),
    fc.string({ unit: 'binary', minLength: 1 }),
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 90 }), (parts) => {
      const here = checkMemberName(parts.join(''));
      const there = MemberName.safeParse(parts.join(''));
      expect(here.ok).toBe(there.success);
      if (here.ok) expect(here.name).toBe(there.data);
    }),
  );
});
