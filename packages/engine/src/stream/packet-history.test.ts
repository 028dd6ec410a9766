import { SeededRandom } from '@madang/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HISTORY, PacketHistory } from './packet-history.js';
import { RepeatLimiter } from './repeat-limiter.js';
import { RtxPayloadTypes } from './rtx-payload-types.js';

describe('the history of a publisher', () => {
  test('a packet is found with what it was put in with, until another takes its place', () => {
    const history = new PacketHistory(4);
    for (let extended = 10; extended < 14; extended++) {
      const at = history.put(extended, extended + 100, 0);
      history.rows[at + HISTORY.LENGTH] = extended * 2;
      expect(history.evictedSlot).toBe(-1);
    }
    const at = history.find(11);
    expect([history.rows[at + HISTORY.SLOT], history.rows[at + HISTORY.LENGTH]]).toEqual([111, 22]);
    history.put(15, 115, 0);
    expect(history.evictedSlot).toBe(111);
    expect(history.find(11)).toBe(-1);
    expect(history.find(10)).toBeGreaterThanOrEqual(0);
  });

  test('neither duplicates nor what is too old are taken', () => {
    const history = new PacketHistory(4);
    expect(history.put(10, 1, 0)).toBeGreaterThanOrEqual(0);
    expect(history.put(10, 2, 0)).toBe(-1);
    expect(history.put(6, 3, 0)).toBe(-1);
    expect(history.put(7, 4, 0)).toBeGreaterThanOrEqual(0);
    expect(history.evictedSlot).toBe(-1);
  });

  test('packets go when they are old, oldest first', () => {
    const history = new PacketHistory(8);
    history.put(10, 1, 100);
    history.put(11, 2, 200);
    history.put(12, 3, 300);
    expect(history.releaseOlder(100)).toBe(-1);
    expect([history.releaseOlder(201), history.releaseOlder(201), history.releaseOlder(201)]).toEqual([1, 2, -1]);
    expect([history.find(11), history.find(12) >= 0]).toEqual([-1, true]);
  });

  test.each([
    ['one goes for each that comes', true],
    ['newer ones push the older out', false],
  ])('how far it reaches back is known while %s', (_, isReleased) => {
    const history = new PacketHistory(4);
    for (let ix = 0; ix < 4; ix++) history.put(ix, ix, 100 * ix);
    expect([history.reachesBackTo(0), history.reachesBackTo(-1)]).toEqual([true, false]);
    for (let ix = 4; ix < 50; ix++) {
      if (isReleased) expect(history.releaseOlder(Number.POSITIVE_INFINITY)).toBe(ix - 4);
      history.put(ix, ix, 100 * ix);
      expect([history.reachesBackTo(100 * ix - 300), history.reachesBackTo(100 * ix - 301)]).toEqual([true, false]);
    }
  });

  test('whatever comes and goes, every slot comes out exactly once', () => {
    const step = fc.oneof(
      { weight: 10, arbitrary: fc.integer({ min: -40, max: 4 }) },
      { weight: 1, arbitrary: fc.constantFrom(70, 5000, 0x1_0000) },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 300 }), (steps) => {
        const history = new PacketHistory(32);
        const held = new Set<number>();
        const release = (slot: number) => {
          if (slot >= 0) expect(held.delete(slot)).toBe(true);
          return slot >= 0;
        };
        let highest = 0x1_0000;
        steps.forEach(([by, expires], slot) => {
          const extended = highest + by;
          if (history.put(extended, slot, slot) >= 0) {
            held.add(slot);
            release(history.evictedSlot);
            expect(history.rows[history.find(extended) + HISTORY.SLOT]).toBe(slot);
          }
          highest = Math.max(highest, extended);
          if (expires) while (release(history.releaseOlder(slot - 20)));
        });
        while (release(history.releaseOlder(Number.POSITIVE_INFINITY)));
        expect([...held]).toEqual([]);
      }),
    );
  });
});

describe('how often a viewer is sent a packet again', () => {
  test('once in a round trip, ten times at most', () => {
    const limiter = new RepeatLimiter(64);
    expect(limiter.allows(7, 100, 0, 50)).toBe(true);
    expect(limiter.allows(7, 100, 49, 50)).toBe(false);
    expect(limiter.allows(8, 100, 49, 50)).toBe(true);
    const allowed = Array.from({ length: 20 }, (_, ix) => limiter.allows(7, 100, 50 * (ix + 1), 50));
    expect(allowed.filter(Boolean)).toHaveLength(9);
  });

  test('a storm of requests is answered with no more than half of what was sent, and a burst', () => {
    const random = new SeededRandom(11);
    const limiter = new RepeatLimiter(1024);
    let sent = 0;
    let repeated = 0;
    for (let ms = 0; ms < 10_000; ms++) {
      if (ms % 5 === 0) {
        limiter.sent(1200);
        sent += 1200;
      }
      for (let request = 0; request < 10; request++) {
        if (limiter.allows((ms / 5 - random.below(1000)) & 0xffff, 1200, ms, 20)) repeated += 1200;
      }
    }
    expect(repeated).toBeLessThanOrEqual(0.5 * sent + 32 * 1024);
    expect(repeated).toBeGreaterThan(0.4 * sent);
  });
});

test('payload types know what they repeat and by what they are repeated', () => {
  const types = new RtxPayloadTypes();
  types.set(97, 96);
  types.set(127, 0);
  expect([types.originalOf(97), types.rtxOf(96), types.originalOf(127), types.rtxOf(0)]).toEqual([96, 97, 0, 127]);
  expect([types.originalOf(96), types.rtxOf(97)]).toEqual([-1, -1]);
});
