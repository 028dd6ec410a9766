import { expect, test } from 'vitest';
import { isOver, type TransferMove, type TransferState, transferMove } from './transfer-state.js';

const STATES = [
  'offered',
  'accepted',
  'running',
  'paused',
  'checking',
  'done',
  'failed',
  'declined',
  'cancelled',
] as const;
const MOVES = ['accept', 'flow', 'pause', 'resume', 'check', 'finish', 'fail', 'decline', 'cancel'] as const;

const LEGAL: readonly (readonly [TransferState, TransferMove, TransferState])[] = [
  ['offered', 'accept', 'accepted'],
  ['offered', 'decline', 'declined'],
  ['offered', 'fail', 'failed'],
  ['offered', 'cancel', 'cancelled'],
  ['accepted', 'flow', 'running'],
  ['accepted', 'check', 'checking'],
  ['accepted', 'finish', 'done'],
  ['accepted', 'pause', 'paused'],
  ['accepted', 'fail', 'failed'],
  ['accepted', 'cancel', 'cancelled'],
  ['running', 'check', 'checking'],
  ['running', 'pause', 'paused'],
  ['running', 'fail', 'failed'],
  ['running', 'cancel', 'cancelled'],
  ['paused', 'resume', 'accepted'],
  ['paused', 'finish', 'done'],
  ['paused', 'fail', 'failed'],
  ['paused', 'cancel', 'cancelled'],
  ['checking', 'finish', 'done'],
  ['checking', 'pause', 'paused'],
  ['checking', 'fail', 'failed'],
  ['checking', 'cancel', 'cancelled'],
];

test('the legal moves are these, and no others', () => {
  for (const state of STATES) {
    for (const move of MOVES) {
      const legal = LEGAL.find(([from, by]) => from === state && by === move);
      expect(transferMove(state, move), `${state} ${move}`).toBe(legal?.[2] ?? null);
    }
  }
});

test('four states are the end', () => {
  expect(STATES.filter(isOver)).toEqual(['done', 'failed', 'declined', 'cancelled']);
});
