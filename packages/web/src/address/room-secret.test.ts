import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawRoomSecret, readRoomSecret, roomSecretOfPage, secretFragment } from './room-secret.js';

test('a secret of any characters is read as it was written', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== ''),
      (secret) => {
        expect(readRoomSecret(secretFragment(secret))).toBe(secret);
      },
    ),
  );
});

test.each(['', '#', '#e2ee', '#e2ee=', '#e2ee=%20', '#other=1'])('there is none in %j', (hash) => {
  expect(readRoomSecret(hash)).toBeUndefined();
});

test('a drawn one has 128 bits, and is never drawn again', () => {
  const drawn = new Set(Array.from({ length: 100 }, drawRoomSecret));
  expect(drawn.size).toBe(100);
  for (const secret of drawn) expect(secret).toMatch(/^[\w-]{22}$/);
});

function page(address: string) {
  const location = new URL(address, 'https://meet.example');
  const shown: string[] = [];
  const history = { state: 1, replaceState: (_: unknown, __: string, url: string) => shown.push(url) };
  return { shown, secret: () => roomSecretOfPage({ location, history } as unknown as Window) };
}

test('a page that is asked for an encrypted room without a secret gets one into its address', () => {
  const asked = page('/r/yard?e2ee&mode=sfu');
  const secret = asked.secret();
  expect(asked.shown).toEqual([`/r/yard?e2ee&mode=sfu#e2ee=${secret}`]);
});

test('a secret in the address stays, and no other page gets one', () => {
  const linked = page('/r/yard?e2ee#e2ee=tea');
  expect(linked.secret()).toBe('tea');
  const plain = page('/r/yard');
  expect(plain.secret()).toBeUndefined();
  expect([...linked.shown, ...plain.shown]).toEqual([]);
});
