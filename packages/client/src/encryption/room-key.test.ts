import { expect, it } from 'vitest';
import { compareCodeOf, roomKeyOf, senderKeyOf } from './room-key.js';

it('makes the same key of the same passphrase in the same room, however it is composed, and other keys otherwise', async () => {
  const key = await roomKeyOf('caf\u00e9', 'yard');
  expect(key).toHaveLength(32);
  expect(await roomKeyOf('cafe\u0301', 'yard')).toEqual(key);
  expect(await roomKeyOf('cafe', 'yard')).not.toEqual(key);
  expect(await roomKeyOf('caf\u00e9', 'tea')).not.toEqual(key);
});

it('shows eight digits to compare, the same for the same key', () => {
  const codes = Array.from({ length: 200 }, (_, ix) => compareCodeOf(new Uint8Array(32).fill(ix)));
  for (const code of codes) expect(code).toMatch(/^\d{4} \d{4}$/);
  expect(new Set(codes).size).toBe(200);
  expect(compareCodeOf(new Uint8Array(32))).toBe(codes[0]);
});

it('gives each run of each member a key of its own', () => {
  const key = new Uint8Array(32);
  const keys = [senderKeyOf(key, 'ann', 1n), senderKeyOf(key, 'ann', 2n), senderKeyOf(key, 'bob', 1n)];
  expect(new Set(keys.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(3);
});
