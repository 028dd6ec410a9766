import { VirtualTime } from '@madang/testkit';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.js';
import { Attempts } from './attempts.js';
import { Patience } from './patience.js';

function learned(...answersMs: number[]): Patience {
  const patience = new Patience();
  for (const answerMs of answersMs) patience.answered(answerMs);
  return patience;
}

describe('patience with the server', () => {
  it('is long while nothing is known', () => {
    expect([learned().checkMs, learned().attemptMs(0)]).toEqual([3_000, 8_000]);
  });

  it('is short on a fast line, and long enough on a slow one', () => {
    expect([learned(10, 10).checkMs, learned(10, 10).attemptMs(0)]).toEqual([1_500, 2_000]);
    expect([learned(600, 600).checkMs, learned(600, 600).attemptMs(0)]).toEqual([2_650, 7_200]);
    expect([learned(5_000).checkMs, learned(5_000).attemptMs(0)]).toEqual([3_000, 8_000]);
  });

  it('forgets a single slow answer', () => {
    expect(learned(10, 10, 2_000, 10, 10, 10, 10, 10, 10, 10, 10, 10).checkMs).toBe(1_500);
  });

  it('grows with every attempt, for a server that is slow to come up', () => {
    const patience = learned(10);
    expect([0, 1, 2, 3, 4, 9].map((attempt) => patience.attemptMs(attempt))).toEqual([
      2_000, 2_000, 2_000, 4_000, 6_000, 8_000,
    ]);
  });
});

describe('attempts', () => {
  const time = new VirtualTime();
  const clock: Clock = {
    now: () => time.nowMs(),
    setTimeout: (run, delayMs) => time.after(delayMs, run),
    clearTimeout: (timer) => (timer as (() => void) | undefined)?.(),
  };

  it('follow each other without another wait when one took its time', () => {
    const attempts = new Attempts(clock, () => 1, learned(10));
    const told: string[] = [];
    attempts.begin(1, () => told.push('late'));
    time.advance(2_000);
    attempts.wait(2, () => told.push('due'));
    time.advance(1);
    expect(told).toEqual(['late', 'due']);
  });

  it('wait for each other when they fail at once', () => {
    const attempts = new Attempts(clock, () => 1, learned(10));
    const told: string[] = [];
    attempts.begin(1, () => told.push('late'));
    attempts.moved({ at: 'waiting', goal: 'resume', attempt: 2 });
    attempts.wait(2, () => told.push('due'));
    time.advance(499);
    expect(told).toEqual([]);
    time.advance(1);
    expect(told).toEqual(['due']);
  });
});
