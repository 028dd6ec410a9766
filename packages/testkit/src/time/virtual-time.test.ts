import { expect, test } from 'vitest';
import { VirtualTime } from './virtual-time.js';

test('stands still until it is told to move', () => {
  const time = new VirtualTime();
  let ran = 0;
  time.after(10, () => ran++);
  expect([time.nowMs(), ran, time.pending]).toEqual([0, 0, 1]);
  time.advance(9.5);
  expect([time.nowMs(), ran]).toEqual([9.5, 0]);
  time.advance(0.5);
  expect([time.nowMs(), ran, time.pending]).toEqual([10, 1, 0]);
});

test('runs each thing at its own time, in order, and what that asks for in turn', () => {
  const time = new VirtualTime();
  const log: [string, number][] = [];
  const note = (what: string) => log.push([what, time.nowMs()]);
  time.after(20, () => note('late'));
  time.after(10, () => {
    note('early');
    time.after(5, () => note('chained'));
    time.after(0, () => note('at once'));
  });
  time.after(10, () => note('tie'));
  time.advance(30);
  expect(log).toEqual([
    ['early', 10],
    ['tie', 10],
    ['at once', 10],
    ['chained', 15],
    ['late', 20],
  ]);
  expect(time.nowMs()).toBe(30);
});

test('leaves out what was called off', () => {
  const time = new VirtualTime();
  let ran = 0;
  const cancel = time.after(10, () => ran++);
  cancel();
  cancel();
  time.advance(100);
  expect([ran, time.pending]).toEqual([0, 0]);
});

test('does not go back for a negative delay', () => {
  const time = new VirtualTime();
  time.advance(50);
  let at = -1;
  time.after(-20, () => {
    at = time.nowMs();
  });
  time.advance(0);
  expect(at).toBe(50);
});
