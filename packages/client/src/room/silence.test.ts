import { expect, it } from 'vitest';
import { SOUND, silenceStep } from './silence.js';

it('is silence after three seconds without one sample that is not zero, and sound at the first that is', () => {
  let state = SOUND;
  for (let nowMs = 0; nowMs < 3_000; nowMs += 100) {
    state = silenceStep(state, 0, nowMs);
    expect(state.silent).toBe(false);
  }
  state = silenceStep(state, 0, 3_000);
  expect(state.silent).toBe(true);
  expect(silenceStep(state, 0.000_01, 3_100)).toEqual(SOUND);
});

it('is no silence while the microphone is muted, or nobody can measure', () => {
  const long = silenceStep(silenceStep(SOUND, 0, 0), 0, 9_000);
  expect(long.silent).toBe(true);
  expect(silenceStep(long, undefined, 9_100)).toEqual(SOUND);
  expect(silenceStep(silenceStep(SOUND, undefined, 9_100), 0, 9_200).silent).toBe(false);
});
