import { describe, expect, it } from 'vitest';
import { type Flow, flow, flowSeen } from './flow.js';

/** Looks every 200 ms: `x` where a packet has come since the last look, `.` where none has. */
function seen(looks: string, from: Flow = flow(0)): Flow {
  let state = from;
  for (const look of looks) {
    const now = state.lookedAt + 200;
    state = flowSeen(state, look === 'x' ? now : state.newest, true, now);
  }
  return state;
}

const STEADY = 'xxxxxxxx';

describe('the flow of packets', () => {
  it('counts as such after a second of packets that come steadily', () => {
    expect(seen('xxx').at).toBe('unsteady');
    expect(seen(STEADY).at).toBe('flowing');
  });

  it('has ceased when three looks in a row find nothing new, and says since when', () => {
    expect(seen(`${STEADY}..`).at).toBe('flowing');
    expect(seen(`${STEADY}...`)).toMatchObject({ at: 'ceased', arrivedAt: 1_600 });
  });

  it('is back with the first packet', () => {
    expect(seen(`${STEADY}.....x`).at).toBe('flowing');
  });

  it('is given twice the time when it came back by itself, so that a busy machine is not taken for a dead line', () => {
    const back = seen(`${STEADY}...x`);
    expect(seen('.....', back).at).toBe('flowing');
    expect(seen('......', back).at).toBe('ceased');
  });

  it('means nothing when it never was steady', () => {
    expect(seen('x....x....x....').at).toBe('unsteady');
  });

  it('has not ceased because the page itself stood still', () => {
    let state = seen(STEADY);
    for (let turn = 0; turn < 5; turn += 1) state = flowSeen(state, state.newest, true, state.lookedAt + 3_000);
    expect(state.at).toBe('flowing');
  });

  it('is not missed where nothing is expected, or the browser does not say', () => {
    expect(flowSeen(seen(`${STEADY}...`), 1_600, false, 2_600).at).toBe('unsteady');
    expect(flowSeen(seen(STEADY), undefined, true, 2_600).at).toBe('unsteady');
  });
});
