import type { Fact } from '@madang/client';
import { expect, test } from 'vitest';
import { movesOf } from './moves.js';

const move = (
  atMs: number,
  to: 'p2p' | 'sfu',
  state: 'begun' | 'opened' | 'arrived' | 'done',
  afterMs: number,
): Fact => ({
  atMs,
  type: 'move',
  to,
  state,
  afterMs,
});

test('a move is told from its beginning until the way before is closed, the last one as far as it is', () => {
  const facts = [
    move(1_000, 'sfu', 'begun', 0),
    move(1_150, 'sfu', 'opened', 150),
    move(1_240, 'sfu', 'arrived', 240),
    move(3_240, 'sfu', 'done', 2_240),
    move(60_000, 'p2p', 'begun', 0),
  ];
  expect(movesOf(facts)).toEqual([
    { to: 'sfu', begunMs: 1_000, openedAfterMs: 150, arrivedAfterMs: 240, doneAfterMs: 2_240 },
    { to: 'p2p', begunMs: 60_000, openedAfterMs: undefined, arrivedAfterMs: undefined, doneAfterMs: undefined },
  ]);
});
