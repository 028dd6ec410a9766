import { describe, expect, it } from 'vitest';
import { type LinkInput, type LinkState, linkStep } from './link-state.js';

/** Feeds inputs one after the other, and gives the last state and all actions as words. */
function run(state: LinkState, ...inputs: LinkInput[]): { state: LinkState; words: string[] } {
  const words: string[] = [];
  let current = state;
  for (const input of inputs) {
    const step = linkStep(current, input);
    current = step.state;
    for (const action of step.actions) words.push(Object.values(action).join(' '));
  }
  return { state: current, words };
}

const CLOSED: LinkState = { at: 'closed' };
const MEMBER: LinkState = { at: 'member' };

describe('the way in', () => {
  it('opens the socket ahead and joins later', () => {
    const { state, words } = run(CLOSED, { type: 'open' }, { type: 'up' }, { type: 'join' }, { type: 'entered' });
    expect(words).toEqual(['connect', 'enter join']);
    expect(state).toEqual(MEMBER);
  });

  it('joins as soon as the socket is open', () => {
    expect(run(CLOSED, { type: 'open' }, { type: 'join' }, { type: 'up' }).words).toEqual(['connect', 'enter join']);
    expect(run(CLOSED, { type: 'join' }, { type: 'up' }).words).toEqual(['connect', 'enter join']);
  });

  it('waits longer after every failure', () => {
    const { words } = run(CLOSED, { type: 'join' }, { type: 'down' }, { type: 'due' }, { type: 'down' });
    expect(words).toEqual(['connect', 'wait 1', 'connect', 'wait 2']);
  });

  it('hands every refusal to the caller, and keeps the socket for another try', () => {
    const { state, words } = run(CLOSED, { type: 'join' }, { type: 'up' }, { type: 'refused', code: 'room_full' });
    expect(words.at(-1)).toBe('give-up room_full');
    expect(state).toEqual({ at: 'idle' });
  });

  it.each(['origin_refused', 'protocol_mismatch'] as const)('gives up when turned away with %s', (code) => {
    const { state, words } = run(CLOSED, { type: 'open' }, { type: 'down', code });
    expect([state, words.at(-1)]).toEqual([CLOSED, `give-up ${code}`]);
  });
});

describe('the way back', () => {
  const resuming: LinkState = { at: 'entering', goal: 'resume', attempt: 0 };
  const rejoining: LinkState = { at: 'entering', goal: 'rejoin', attempt: 0 };

  it('resumes after a loss', () => {
    const { state, words } = run(MEMBER, { type: 'down' }, { type: 'due' }, { type: 'up' }, { type: 'entered' });
    expect(words).toEqual(['wait 0', 'connect', 'enter resume']);
    expect(state).toEqual(MEMBER);
  });

  it('begins an attempt anew when there is reason to hurry, and ends a wait', () => {
    const { state, words } = run(MEMBER, { type: 'down' }, { type: 'hurry' }, { type: 'hurry' }, { type: 'up' });
    expect(words).toEqual(['wait 0', 'connect', 'disconnect', 'connect', 'enter resume']);
    expect(state).toMatchObject({ at: 'entering', attempt: 0 });
    for (const calm of [MEMBER, CLOSED, { at: 'idle' } as const]) {
      expect(run(calm, { type: 'hurry' })).toEqual({ state: calm, words: [] });
    }
  });

  it('gives up an attempt that takes too long', () => {
    const { words } = run(MEMBER, { type: 'down' }, { type: 'due' }, { type: 'stale' }, { type: 'due' });
    expect(words).toEqual(['wait 0', 'connect', 'disconnect', 'wait 1', 'connect']);
  });

  it('gives up a socket through which nothing comes', () => {
    expect(run(MEMBER, { type: 'stale' }).words).toEqual(['disconnect', 'wait 0']);
  });

  it('joins anew on the same socket when the session has expired', () => {
    expect(run(resuming, { type: 'refused', code: 'resume_expired' }, { type: 'entered' })).toEqual({
      state: MEMBER,
      words: ['enter rejoin'],
    });
  });

  it.each(['shutting_down', 'too_many_rooms', 'rate_limited', 'internal', 'room_full', 'already_joined'] as const)(
    'tries again after %s',
    (code) => {
      expect(run(rejoining, { type: 'refused', code }).words).toEqual(['disconnect', 'wait 1']);
    },
  );

  it.each(['forbidden', 'bad_request', 'mode_unavailable'] as const)('gives up after %s', (code) => {
    const { state, words } = run(rejoining, { type: 'refused', code });
    expect([state, words.at(-1)]).toEqual([CLOSED, `give-up ${code}`]);
  });

  it('comes back neither after the membership was ended nor after another took it over', () => {
    const ended = run(resuming, { type: 'refused', code: 'membership_ended' });
    const replaced = run(MEMBER, { type: 'replaced' }, { type: 'down' }, { type: 'due' });
    for (const { state, words } of [ended, replaced]) {
      expect([state, words]).toEqual([CLOSED, ['disconnect', 'give-up membership_ended']]);
    }
  });

  it('does not wait for a place in a full room for ever', () => {
    const late: LinkState = { at: 'entering', goal: 'rejoin', attempt: 14 };
    expect(run(late, { type: 'refused', code: 'room_full' }).words.at(-1)).toBe('give-up room_full');
  });

  it('takes a join or resume without an answer for a dead socket', () => {
    expect(run(resuming, { type: 'stale' })).toEqual({
      state: { at: 'waiting', goal: 'resume', attempt: 1 },
      words: ['disconnect', 'wait 1'],
    });
  });
});

it('closes from everywhere, once, and hears nothing any more', () => {
  const states: LinkState[] = [
    { at: 'idle' },
    MEMBER,
    { at: 'connecting', goal: 'join', attempt: 0 },
    { at: 'waiting', goal: 'resume', attempt: 3 },
    { at: 'entering', goal: 'rejoin', attempt: 1 },
  ];
  for (const state of states) {
    expect(run(state, { type: 'close' }, { type: 'close' }, { type: 'due' }, { type: 'up' })).toEqual({
      state: CLOSED,
      words: ['disconnect'],
    });
  }
});
