import { describe, expect, test } from 'vitest';
import { REPLAY_BYTES, REPLAY_EVENTS } from './limits.js';
import { Outbox } from './outbox.js';

const content = { type: 'draining', withinMs: 1 } as const;

function filled(count: number, bytes = 1): Outbox {
  const outbox = new Outbox();
  for (let ix = 0; ix < count; ix++) outbox.push(content, bytes, ix);
  return outbox;
}

function seqsAfter(outbox: Outbox, seq: number): number[] | undefined {
  return outbox.after(seq)?.map((event) => event.seq);
}

test('numbers from 1 without a gap', () => {
  const outbox = new Outbox();
  expect(outbox.seq).toBe(0);
  expect([outbox.push(content, 1, 0), outbox.push(content, 1, 0)].map((event) => event.seq)).toEqual([1, 2]);
  expect(outbox.seq).toBe(2);
});

test('gives what came after a number, and nothing for one not given yet', () => {
  const outbox = filled(3);
  expect(seqsAfter(outbox, 0)).toEqual([1, 2, 3]);
  expect(seqsAfter(outbox, 2)).toEqual([3]);
  expect(seqsAfter(outbox, 3)).toEqual([]);
  expect(outbox.after(4)).toBeNull();
});

describe('keeps no more than', () => {
  test('its number of events', () => {
    const outbox = filled(REPLAY_EVENTS + 2);
    expect(outbox.after(1)).toBeNull();
    expect(seqsAfter(outbox, 2)).toHaveLength(REPLAY_EVENTS);
    expect(outbox.bytes).toBe(REPLAY_EVENTS);
  });

  test('its weight', () => {
    const outbox = filled(5, REPLAY_BYTES / 4);
    expect(outbox.bytes).toBe(REPLAY_BYTES);
    expect(outbox.after(0)).toBeNull();
    expect(seqsAfter(outbox, 1)).toEqual([2, 3, 4, 5]);
  });

  test('its weight when one event exceeds it alone', () => {
    const outbox = filled(1, REPLAY_BYTES + 1);
    expect(outbox.bytes).toBe(0);
    expect(outbox.after(0)).toBeNull();
    expect(outbox.after(1)).toEqual([]);
  });
});

test('forgets what is as old as it is told, and says how old the rest is', () => {
  const outbox = filled(4, 10);
  expect(outbox.forget(100, 101)).toBe(2);
  expect(outbox.bytes).toBe(20);
  expect(outbox.after(1)).toBeNull();
  expect(seqsAfter(outbox, 2)).toEqual([3, 4]);
  expect(outbox.forget(100, 200)).toBeNull();
  expect(outbox.bytes).toBe(0);
  expect(outbox.after(4)).toEqual([]);
});
