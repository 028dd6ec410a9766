import { SeededRandom } from '@madang/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NackRegister } from './nack-register.js';

const room = new Uint16Array(600);

function asked(nacks: NackRegister, now: number, roundTripMs = 50): number[] {
  return [...room.subarray(0, nacks.due(now, roundTripMs, room))];
}

function receive(nacks: NackRegister, now: number, ...extended: number[]): void {
  for (const number of extended) nacks.received(number, now);
}

describe('when to ask', () => {
  test('not for what was only overtaken', () => {
    const nacks = new NackRegister(16);
    receive(nacks, 0, 100, 102);
    expect(nacks.nextAtMs).toBe(5);
    expect(asked(nacks, 4)).toEqual([]);
    receive(nacks, 4, 101);
    expect([nacks.nextAtMs, nacks.size, nacks.recovered]).toEqual([Number.POSITIVE_INFINITY, 0, 1]);
    expect(asked(nacks, 100)).toEqual([]);
  });

  test('after 5 ms, then after a round trip, then more and more slowly, ten times at most', () => {
    const nacks = new NackRegister(16);
    receive(nacks, 0, 100, 102);
    const times: number[] = [];
    for (let now = 0; now < 5000; now++) if (asked(nacks, now, 10).length > 0) times.push(now);
    const waits = times.slice(1).map((time, ix) => time - times[ix]!);
    expect(times[0]).toBe(5);
    expect(waits.slice(0, 3)).toEqual([20, 30, 45]);
    for (let ix = 1; ix < waits.length; ix++) expect(waits[ix]).toBeGreaterThan(waits[ix - 1]!);
    expect(times.length).toBeLessThanOrEqual(10);
    expect([nacks.size, nacks.givenUp]).toEqual([0, 1]);
  });

  test('not longer than two seconds', () => {
    const nacks = new NackRegister(16);
    receive(nacks, 0, 100, 102);
    expect(asked(nacks, 5, 3000)).toEqual([101]);
    expect(asked(nacks, 2999, 3000)).toEqual([]);
    expect(nacks.size).toBe(1);
    expect(asked(nacks, 3005, 3000)).toEqual([]);
    expect([nacks.size, nacks.givenUp]).toEqual([0, 1]);
  });

  test('what finds no room is asked for next', () => {
    const nacks = new NackRegister(16);
    receive(nacks, 0, 100, 110);
    const small = new Uint16Array(4);
    const all: number[] = [];
    for (let count = nacks.due(5, 50, small); count > 0; count = nacks.due(5, 50, small))
      all.push(...small.subarray(0, count));
    expect(all).toEqual([101, 102, 103, 104, 105, 106, 107, 108, 109]);
  });
});

describe('what is not asked for', () => {
  test('the oldest, when there are too many', () => {
    const nacks = new NackRegister(4);
    receive(nacks, 0, 100, 103, 107);
    expect(asked(nacks, 5)).toEqual([102, 104, 105, 106]);
    expect(nacks.givenUp).toBe(1);
    receive(nacks, 10, 200);
    expect(asked(nacks, 15)).toEqual([196, 197, 198, 199]);
    expect(nacks.givenUp).toBe(1 + 4 + 88);
  });

  test('what came before a keyframe', () => {
    const nacks = new NackRegister(16);
    receive(nacks, 0, 100, 102, 105);
    nacks.forgetBefore(104);
    expect(asked(nacks, 5)).toEqual([104]);
    expect(nacks.givenUp).toBe(0);
  });

  test('what lies between two lives of a sender', () => {
    const nacks = new NackRegister(16);
    receive(nacks, 0, 0x1_0000, 0x1_0002, 0x2_0000);
    expect([nacks.size, nacks.nextAtMs]).toEqual([0, Number.POSITIVE_INFINITY]);
  });
});

test('over any loss, reorder and duplication, over the wrap, exactly the missing are asked for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: 0x1_0000 - 300, max: 0x1_0000 }),
      (seed, start) => {
        const random = new SeededRandom(seed);
        const nacks = new NackRegister(512);
        const came = new Set<number>();
        const asks = new Map<number, number>();
        let highest = 0;
        for (let ix = 0, now = 0; ix < 600; ix++, now += 3) {
          const extended = 0x1_0000 + start + ix - (random.chance(0.1) ? random.below(20) : 0);
          if (!random.chance(0.1) && extended >= 0x1_0000 + start) {
            nacks.received(extended, now);
            came.add(extended);
            highest = Math.max(highest, extended);
          }
          const before = asks.size;
          for (const seq16 of asked(nacks, now, 40)) {
            const number = highest - ((highest - seq16) & 0xffff);
            expect(came.has(number), `seed ${seed}: asked for ${number}, which came`).toBe(false);
            asks.set(number, (asks.get(number) ?? 0) + 1);
          }
          expect(asks.size).toBeGreaterThanOrEqual(before);
        }
        // What was sent before the packet that came first is not known to be missing.
        const [first = highest] = came;
        for (let number = first; number < highest - 10; number++) {
          if (!came.has(number)) expect(asks.get(number) ?? 0, `seed ${seed}: ${number}`).toBeGreaterThan(0);
        }
        for (const times of asks.values()) expect(times).toBeLessThanOrEqual(10);
      },
    ),
    { numRuns: 60 },
  );
});
