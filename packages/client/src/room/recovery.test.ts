import { describe, expect, it } from 'vitest';
import { connectionChanged, networkChanged, type Recovery, recovery, recoveryDue } from './recovery.js';

const connected = (): Recovery => connectionChanged(recovery(false, 0), 'connected', 100).state;

describe('the recovery of a connection', () => {
  it('has nothing to do while all is well', () => {
    expect(connected().dueAt).toBe(Number.POSITIVE_INFINITY);
    expect(recoveryDue(connected(), 200).action).toBe('none');
  });

  it('gives a dropped connection two seconds to come back by itself', () => {
    const { state, action } = connectionChanged(connected(), 'disconnected', 1_000);
    expect([action, state.dueAt]).toEqual(['none', 3_000]);
    expect(recoveryDue(state, 3_000).action).toBe('restart');
    expect(connectionChanged(state, 'connected', 2_000).state).toEqual(connected());
  });

  it('restarts a failed one at once, three times, then starts over', () => {
    let { state, action } = connectionChanged(connected(), 'failed', 1_000);
    const actions = [action];
    for (let turn = 0; turn < 3; turn += 1) {
      ({ state, action } = recoveryDue(state, state.dueAt));
      actions.push(action);
    }
    expect(actions).toEqual(['restart', 'restart', 'restart', 'start-over']);
    expect(state).toMatchObject({ connection: 'new', restarts: 0 });
  });

  it('starts over when a first connection takes too long', () => {
    const state = connectionChanged(recovery(false, 0), 'connecting', 50).state;
    expect(recoveryDue(state, state.dueAt)).toMatchObject({ action: 'start-over' });
    expect(state.dueAt).toBe(15_000);
  });

  it('waits less long for an offer that does not come', () => {
    expect(recovery(true, 0).dueAt).toBe(8_000);
  });

  it('restarts at once when the network changes, unless it has not begun yet', () => {
    expect(networkChanged(connected(), 500).action).toBe('restart');
    expect(networkChanged(connectionChanged(connected(), 'disconnected', 400).state, 500)).toMatchObject({
      action: 'restart',
      state: { dueAt: 5_500 },
    });
    expect(networkChanged(recovery(false, 0), 500).action).toBe('none');
  });
});
