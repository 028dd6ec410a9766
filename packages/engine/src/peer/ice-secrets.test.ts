import { SeededRandom } from '@madang/testkit';
import { expect, test } from 'vitest';
import { iceSecrets } from './ice-secrets.js';

test('credentials have the characters and more than the bits that RFC 8445 §5.3 wants, and never come twice', () => {
  const random = new SeededRandom(3);
  const all = Array.from({ length: 500 }, () => iceSecrets(random, () => false));
  for (const { ufrag, pwd } of all) {
    expect(ufrag).toMatch(/^[A-Za-z0-9+/]{8}$/);
    expect(pwd).toMatch(/^[A-Za-z0-9+/]{24}$/);
  }
  expect(new Set(all.map(({ ufrag }) => ufrag)).size).toBe(500);
  expect(new Set(all.flatMap(({ pwd }) => [...pwd])).size).toBe(64);
});

test('a name that somebody has is not given to another', () => {
  const taken = iceSecrets(new SeededRandom(3), () => false).ufrag;
  const { ufrag } = iceSecrets(new SeededRandom(3), (name) => name === taken);
  expect(ufrag).not.toBe(taken);
});
