import { expect, test } from 'vitest';
import { joinWishes } from './join-wishes.js';

test.each([
  ['?mode=p2p', { mode: 'p2p' }],
  ['?mode=sfu&role=viewer', { mode: 'sfu', role: 'viewer' }],
  ['?mode=other&role=host', {}],
  ['', {}],
])('the address %s asks for %j', (search, expected) => {
  expect(joinWishes(search)).toEqual(expected);
});
