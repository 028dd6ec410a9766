import { expect, test } from 'vitest';
import { Pace } from './pace.js';

const PACKET_BYTES = 1_200;
const STEP_MS = 10;

/** Lets those that wait go, from `fromMs` on, as soon as they may; returns when the last one went. */
function letGo(pace: Pace, sentBytes: number, fromMs: number): number {
  let sent = sentBytes;
  for (let now = fromMs; ; now += STEP_MS) {
    while (pace.waiting > 0 && pace.mayGo(sent, now)) {
      pace.gone(1, PACKET_BYTES);
      sent += PACKET_BYTES;
    }
    if (pace.waiting === 0) return now;
  }
}

test('nothing waits longer than a quarter of a second, however much was sent before it', () => {
  const pace = new Pace();
  pace.begin(500_000, 0, 0);
  // Sound, or repetitions, that wait for nothing.
  const sent = 60_000;
  expect(pace.mayGo(sent, 0)).toBe(false);
  for (let count = 0; count < 10; count++) pace.wait(PACKET_BYTES, 0);
  expect(letGo(pace, sent, STEP_MS)).toBeLessThanOrEqual(250 + STEP_MS);
});

test('what was sent before anything had to wait is no debt', () => {
  const pace = new Pace();
  pace.begin(3_000_000, 0, 0);
  // A minute at 3 Mbit/s; then the line takes a sixth.
  const sent = 22_500_000;
  pace.begin(500_000, sent, 60_000);
  expect(pace.mayGo(sent, 60_000)).toBe(true);
});

test('time that has passed counts by the estimate of its time', () => {
  const pace = new Pace();
  pace.begin(100_000, 0, 0);
  expect(pace.mayGo(20_000, 0)).toBe(false);
  pace.change(1_000_000, 20_000, 100);
  expect([pace.mayGo(20_000, 101), pace.mayGo(20_000, 150)]).toEqual([false, true]);
});
