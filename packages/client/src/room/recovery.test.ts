import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PeerState } from './member.js';
import {
  connectionChanged,
  flowCeased,
  flowResumed,
  networkChanged,
  offerTaken,
  type Recovery,
  type RecoveryStep,
  recovery,
  recoveryDue,
  signalsPass,
} from './recovery.js';

const fresh = (polite = false): Recovery => recovery({ awaitsOffer: false, polite }, 0);
const connected = (polite = false): Recovery => connectionChanged(fresh(polite), 'connected', 100).state;

describe('the recovery of a connection', () => {
  it('has nothing to do while all is well', () => {
    expect(connected().dueAt).toBe(Number.POSITIVE_INFINITY);
    expect(recoveryDue(connected(), 200).action).toBe('none');
  });

  it('gives a dropped connection half a second to come back by itself', () => {
    const { state, action } = connectionChanged(connected(), 'disconnected', 1_000);
    expect([action, state.dueAt]).toEqual(['none', 1_500]);
    expect(recoveryDue(state, 1_500).action).toBe('restart');
    expect(connectionChanged(state, 'connected', 1_200).state).toEqual(connected());
  });

  it('has nothing due any more once all is well, by whatever way it became so', () => {
    const moved = networkChanged(connected(true), 1_000).state;
    const answered = offerTaken(moved, 1_200).state;
    expect(answered).toMatchObject({ connection: 'connected', stalled: false, changed: false, dueAt: 6_200 });
    expect(recoveryDue(answered, 6_200).state).toEqual(connected(true));
  });

  it('leaves it to the impolite side to make the offer, and makes one when none comes', () => {
    const ceased = flowCeased(connected(true), 1_000);
    expect([ceased.action, ceased.state.dueAt]).toEqual(['none', Number.POSITIVE_INFINITY]);
    const { state } = connectionChanged(ceased.state, 'disconnected', 6_000);
    expect(state.dueAt).toBe(9_500);
    expect(recoveryDue(state, 9_500).action).toBe('restart');
    expect(offerTaken(state, 7_000)).toMatchObject({ action: 'none', state: { restarts: 1, dueAt: 12_000 } });
  });

  it('has the polite side wait for a moment when its own network changed', () => {
    const { state, action } = networkChanged(connected(true), 500);
    expect([action, state.dueAt]).toEqual(['none', 800]);
    expect(recoveryDue(state, 800)).toMatchObject({ action: 'restart', state: { changed: false } });
    expect(offerTaken(state, 600).state.changed).toBe(false);
    expect(flowResumed(state).state.changed).toBe(true);
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
    const state = connectionChanged(fresh(), 'connecting', 50).state;
    expect(recoveryDue(state, state.dueAt)).toMatchObject({ action: 'start-over' });
    expect(state.dueAt).toBe(15_000);
  });

  it('waits less long for an offer that does not come', () => {
    expect(recovery({ awaitsOffer: true, polite: false }, 0).dueAt).toBe(8_000);
  });

  it('gives a connection whose offer comes late as long as any other, once', () => {
    const waits = recovery({ awaitsOffer: true, polite: false }, 0);
    const { state } = offerTaken(waits, 7_500);
    expect(state.dueAt).toBe(22_500);
    expect(offerTaken(connectionChanged(state, 'connecting', 7_600).state, 12_000).state.dueAt).toBe(22_500);
  });

  it('restarts at once when the network changes, unless it has not begun yet', () => {
    expect(networkChanged(connected(), 500).action).toBe('restart');
    expect(networkChanged(connectionChanged(connected(), 'disconnected', 400).state, 500)).toMatchObject({
      action: 'restart',
      state: { dueAt: 5_500 },
    });
    expect(networkChanged(fresh(), 500).action).toBe('none');
  });

  it('restarts once when packets cease, and leaves the rest to ICE', () => {
    const { state, action } = flowCeased(connected(), 1_000);
    expect(action).toBe('restart');
    expect(flowCeased(state, 1_200).action).toBe('none');
    const later = recoveryDue(state, state.dueAt);
    expect([later.action, later.state.dueAt]).toEqual(['none', Number.POSITIVE_INFINITY]);
    expect(connectionChanged(later.state, 'failed', 9_000).action).toBe('restart');
  });

  it('is well again when packets come', () => {
    const { state } = flowCeased(connected(), 1_000);
    expect(flowResumed(state).state).toEqual(connected());
  });

  it('restarts what waited for it as soon as signals pass, and gives an offer its time', () => {
    const dropped = connectionChanged(connected(), 'disconnected', 1_000).state;
    expect(signalsPass(dropped, 1_100).action).toBe('restart');
    const restarted = recoveryDue(dropped, 1_500).state;
    expect(signalsPass(restarted, 6_000)).toMatchObject({ action: 'none', state: { dueAt: 11_000 } });
    expect(signalsPass(connected(), 1_100).action).toBe('none');
  });
});

type Move = (state: Recovery, now: number) => RecoveryStep;
const MOVES: readonly Move[] = [
  ...(['connecting', 'connected', 'disconnected', 'failed'] satisfies PeerState[]).map(
    (to): Move =>
      (state, now) =>
        connectionChanged(state, to, now),
  ),
  flowCeased,
  flowResumed,
  networkChanged,
  offerTaken,
  signalsPass,
  (state, now) => (now >= state.dueAt ? recoveryDue(state, now) : { state, action: 'none' }),
];

describe('whatever happens in whatever order', () => {
  it('a connection that is not there has something due, and what is due leads on', () => {
    const history = fc.array(fc.tuple(fc.constantFrom(...MOVES), fc.nat(4_000)), { maxLength: 40 });
    fc.assert(
      fc.property(history, fc.boolean(), fc.boolean(), (moves, polite, awaitsOffer) => {
        let now = 0;
        let state = recovery({ awaitsOffer, polite }, now);
        for (const [move, laterMs] of moves) {
          now += laterMs;
          state = move(state, now).state;
          if (state.connection !== 'connected') expect(state.dueAt).toBeLessThanOrEqual(now + 15_000);
          // Or a timer would run again and again without an end.
          if (now >= state.dueAt) expect(recoveryDue(state, now).state.dueAt).toBeGreaterThan(now);
        }
        // Nothing helps: within a minute the connection is begun anew.
        const actions: string[] = [];
        const giveUpAt = now + 60_000;
        while (state.connection !== 'connected' && now < giveUpAt && !actions.includes('start-over')) {
          now = Math.max(now, state.dueAt);
          const step = recoveryDue(state, now);
          actions.push(step.action);
          state = step.state;
        }
        if (state.connection !== 'connected') expect(actions).toContain('start-over');
      }),
    );
  });
});
