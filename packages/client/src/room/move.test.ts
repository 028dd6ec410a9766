import { describe, expect, it } from 'vitest';
import { headFor, LINGER_MS, look, MOST_MS, type Move, PATIENCE_MS } from './move.js';

const SETTLED: Move = { at: 'settled', on: 'p2p' };
const moving = headFor(SETTLED, 'sfu', 1_000).state;
const THERE = { isOpen: true, isAllThere: true, areOthersDone: true };
const OPEN = { ...THERE, isAllThere: false };

describe('media that are moved', () => {
  it('open the new way first, and close the old one a while after everything came by the new', () => {
    expect(headFor(SETTLED, 'sfu', 1_000).actions).toEqual([{ type: 'open', way: 'sfu' }]);
    const arrived = look(moving, THERE, 1_400);
    expect(arrived.actions).toEqual([
      { type: 'opened', afterMs: 400 },
      { type: 'arrived', afterMs: 400 },
    ]);
    expect(look(arrived.state, THERE, 1_399 + LINGER_MS).actions).toEqual([]);
    expect(look(arrived.state, THERE, 1_400 + LINGER_MS)).toEqual({
      state: { at: 'settled', on: 'sfu' },
      actions: [{ type: 'close', way: 'p2p', afterMs: 400 + LINGER_MS }],
    });
  });

  it('keep the old way for as long as the new one is not open', () => {
    const closed = { ...OPEN, isOpen: false };
    expect(look(moving, closed, 1_000_000)).toEqual({ state: moving, actions: [] });
  });

  it('keep the old way for whoever needs it still, and not for ever', () => {
    const { state } = look(moving, THERE, 2_000);
    const alone = { ...THERE, areOthersDone: false };
    expect(look(state, alone, 1_999 + PATIENCE_MS).actions).toEqual([]);
    expect(look(state, alone, 2_000 + PATIENCE_MS).actions).toMatchObject([{ type: 'close' }]);
    expect(look(state, THERE, 2_000 + LINGER_MS).actions).toMatchObject([{ type: 'close' }]);
  });

  it('tell once when the new way is open, which is before everything comes by it', () => {
    const opened = look(moving, OPEN, 1_200);
    expect(opened.actions).toEqual([{ type: 'opened', afterMs: 200 }]);
    expect(look(opened.state, OPEN, 1_240).actions).toEqual([]);
    expect(look(opened.state, THERE, 1_400).actions).toEqual([{ type: 'arrived', afterMs: 400 }]);
  });

  it('do not wait for ever for one track by a way that is open', () => {
    const open = look(moving, OPEN, 2_000).state;
    expect(look(open, OPEN, 1_999 + MOST_MS).actions).toEqual([]);
    expect(look(open, OPEN, 2_000 + MOST_MS).actions).toMatchObject([{ type: 'arrived' }]);
  });

  it('turn round where the room decides otherwise meanwhile', () => {
    const back = headFor(moving, 'p2p', 3_000);
    expect(back.state).toMatchObject({ at: 'moving', from: 'sfu', to: 'p2p', sinceMs: 3_000 });
    expect(back.actions).toEqual([{ type: 'open', way: 'p2p' }]);
  });

  it('stay where they are when the room says so again', () => {
    expect(headFor(SETTLED, 'p2p', 5)).toEqual({ state: SETTLED, actions: [] });
    expect(headFor(moving, 'sfu', 5)).toEqual({ state: moving, actions: [] });
  });

  it('are opened at once by who comes into the room', () => {
    expect(headFor({ at: 'nowhere' }, 'sfu', 0)).toEqual({
      state: { at: 'settled', on: 'sfu' },
      actions: [{ type: 'open', way: 'sfu' }],
    });
  });
});
