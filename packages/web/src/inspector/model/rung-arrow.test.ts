import { expect, test } from 'vitest';
import type { PeerFact } from './connections.js';
import { rungArrow } from './rung-arrow.js';

const description = (direction: 'sent' | 'received', kind: 'offer' | 'answer'): PeerFact => ({
  type: 'description',
  peer: 'b',
  direction,
  kind,
  sdp: '',
  atMs: 0,
});

test('offer and answer are drawn the way they went', () => {
  const facts = [description('received', 'offer'), description('sent', 'answer')];
  expect([rungArrow('offer', { facts }), rungArrow('answer', { facts })]).toEqual(['left', 'right']);
  expect(rungArrow('offer', { facts: [...facts, description('sent', 'offer')] })).toBe('right');
  expect(rungArrow('offer', { facts: [] })).toBe('both');
});

test('what only one side does has a way of its own', () => {
  expect([rungArrow('media'), rungArrow('candidates-sent'), rungArrow('first-rendered'), rungArrow('checks')]).toEqual([
    'here',
    'right',
    'left',
    'both',
  ]);
});
