/**
 * Where a transfer stands. `accepted`: the receiver agreed and nothing has come yet; `checking`: all bytes are there and
 * the fingerprints are compared.
 */
export type TransferState =
  | 'offered'
  | 'accepted'
  | 'running'
  | 'paused'
  | 'checking'
  | 'done'
  | 'failed'
  | 'declined'
  | 'cancelled';

export type TransferMove = 'accept' | 'flow' | 'pause' | 'resume' | 'check' | 'finish' | 'fail' | 'decline' | 'cancel';

/** Whatever is not in the table is no move at all: a transfer that has ended stays as it ended. */
const MOVES: { readonly [S in TransferState]: { readonly [M in TransferMove]?: TransferState } } = {
  offered: { accept: 'accepted', decline: 'declined', fail: 'failed', cancel: 'cancelled' },
  // `finish`: all was there before a break, and only then the fingerprints were found to agree.
  accepted: {
    flow: 'running',
    check: 'checking',
    finish: 'done',
    pause: 'paused',
    fail: 'failed',
    cancel: 'cancelled',
  },
  running: { check: 'checking', pause: 'paused', fail: 'failed', cancel: 'cancelled' },
  paused: { resume: 'accepted', finish: 'done', fail: 'failed', cancel: 'cancelled' },
  checking: { finish: 'done', pause: 'paused', fail: 'failed', cancel: 'cancelled' },
  done: {},
  failed: {},
  declined: {},
  cancelled: {},
};

/** The state after `move`, or null where that move can't be made. */
export function transferMove(state: TransferState, move: TransferMove): TransferState | null {
  return MOVES[state][move] ?? null;
}

/** It has ended, one way or another. */
export function isOver(state: TransferState): boolean {
  return Object.keys(MOVES[state]).length === 0;
}
