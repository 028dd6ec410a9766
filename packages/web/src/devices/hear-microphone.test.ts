import { expect, test } from 'vitest';
import { HEARD_NOTHING_YET, type Heard, hear, isDead, isTalking } from './hear-microphone.js';

const STEP_MS = 100;

/** Plays one level per tenth of a second and gives what was heard at the end, and when. */
function play(levels: readonly number[]): { heard: Heard; atMs: number } {
  let heard = HEARD_NOTHING_YET;
  levels.forEach((level, ix) => {
    heard = hear(heard, level, ix * STEP_MS);
  });
  return { heard, atMs: (levels.length - 1) * STEP_MS };
}

const times = (count: number, level: number) => Array.from({ length: count }, () => level);

test('a sentence is talking, with the pauses in it; a knock on the table is not', () => {
  expect(isTalking(play(times(8, 0.1)).heard)).toBe(true);
  expect(isTalking(play([...times(3, 0.1), ...times(2, 0.001), ...times(4, 0.1)]).heard)).toBe(true);
  expect(isTalking(play([0.5, 0.5, ...times(8, 0.001)]).heard)).toBe(false);
  expect(isTalking(play(times(50, 0.005)).heard)).toBe(false);
});

test('talking ends after a pause', () => {
  expect(isTalking(play([...times(10, 0.1), ...times(5, 0.001)]).heard)).toBe(false);
});

test('nothing at all for five seconds is a dead microphone; a quiet room is none', () => {
  const dead = play(times(60, 0));
  expect(isDead(dead.heard, dead.atMs)).toBe(true);
  const early = play(times(40, 0));
  expect(isDead(early.heard, early.atMs)).toBe(false);
  const quiet = play(times(60, 0.0001));
  expect(isDead(quiet.heard, quiet.atMs)).toBe(false);
  const back = play([...times(60, 0), 0.0001]);
  expect(isDead(back.heard, back.atMs)).toBe(false);
});
