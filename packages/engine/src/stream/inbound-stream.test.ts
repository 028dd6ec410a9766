import { SeededRandom } from '@madang/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReportBlock } from '../rtp/index.js';
import { InboundStream } from './inbound-stream.js';
import { SenderClock } from './sender-clock.js';

const stream = (asksAgain = true) =>
  new InboundStream({ ssrc: 7, clockHz: 90_000, asksAgain, senderClock: new SenderClock() });

describe('one stream of a publisher', () => {
  test('a packet is taken once, by whichever way it comes', () => {
    const inbound = stream();
    const first = inbound.received(0xfffe, 0, 0);
    expect(inbound.received(0xfffe, 0, 1)).toBe(-1);
    expect(inbound.received(0, 0, 2)).toBe(first + 2);
    expect(inbound.recovered(0xffff, 3)).toBe(first + 1);
    expect(inbound.received(0xffff, 0, 4)).toBe(-1);
    expect(inbound.recovered(0xffff, 5)).toBe(-1);
  });

  test('a retransmission fills the gap, but the loss on the way is reported', () => {
    const inbound = stream();
    for (const seq16 of [10, 11, 13, 14]) inbound.received(seq16, 0, 0);
    inbound.recovered(12, 50);
    const block = new ReportBlock();
    inbound.report(block, 100);
    expect(block).toMatchObject({ ssrc: 7, cumulativeLost: 1, highestSeq32: 14 });
    expect([inbound.nacks!.size, inbound.nacks!.recovered, inbound.lost]).toEqual([0, 1, 1]);
  });

  test('what was asked for is taken however late it comes, on its own SSRC too', () => {
    const inbound = stream();
    const first = inbound.received(100, 0, 0);
    for (let seq16 = 103; seq16 < 600; seq16++) inbound.received(seq16, 0, 1);
    expect(inbound.received(101, 0, 100)).toBe(first + 1);
    expect(inbound.received(102, 0, 100)).toBe(first + 2);
    expect(inbound.received(600, 0, 101)).toBe(first + 500);
    expect(inbound.lost).toBe(0);
  });

  test('what is newer than all that came is no retransmission', () => {
    const inbound = stream();
    expect(inbound.recovered(10, 0)).toBe(-1);
    inbound.received(10, 0, 0);
    expect(inbound.recovered(11, 0)).toBe(-1);
    expect(inbound.received(11, 0, 0)).toBeGreaterThan(0);
  });

  test('a sender that begins anew is believed at its second packet', () => {
    const inbound = stream();
    const first = inbound.received(100, 0, 0);
    expect(inbound.received(30_000, 0, 1)).toBe(-1);
    expect(inbound.received(30_001, 0, 2)).toBeGreaterThan(first);
    expect([inbound.lost, inbound.nacks!.size]).toEqual([0, 0]);
  });

  test('where nothing is asked for nothing is missing', () => {
    const inbound = stream(false);
    inbound.received(1, 0, 0);
    inbound.received(3, 0, 0);
    expect([inbound.nacks, inbound.lost]).toEqual([null, 1]);
  });
});

test('over any loss, reorder and duplication, with answers to what is asked for, all comes once and in the end', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1000 }), fc.integer({ min: 0xfe00, max: 0xffff }), (seed, start) => {
      const random = new SeededRandom(seed);
      const inbound = stream();
      const taken = new Set<number>();
      const answers: { readonly atMs: number; readonly seq16: number }[] = [];
      const take = (extended: number) => {
        if (extended < 0) return;
        expect(taken.has(extended), `seed ${seed}: ${extended} twice`).toBe(false);
        taken.add(extended);
      };
      const lost = new Uint16Array(64);
      const sent = 1000;
      // The last ones, too, may have to be asked for seven times: 1.7 s.
      for (let ix = 0, now = 0; ix < sent + 900; ix++, now += 2) {
        const nth = random.chance(0.1) ? Math.max(0, ix - random.below(6)) : ix;
        const arrives = ix === 0 || ix === sent - 1 || !random.chance(0.15);
        if (ix < sent && arrives) take(inbound.received((start + nth) & 0xffff, nth * 3000, now));
        for (let due = inbound.nacks!.due(now, 60, lost); due > 0; due--) {
          if (!random.chance(0.15)) answers.push({ atMs: now + 60, seq16: lost[due - 1]! });
        }
        while (answers[0] && answers[0].atMs <= now) take(inbound.recovered(answers.shift()!.seq16, now));
      }
      const first = Math.min(...taken);
      const missing = Array.from({ length: Math.max(...taken) - first }, (_, ix) => first + ix).filter(
        (nr) => !taken.has(nr),
      );
      expect(missing, `seed ${seed}`).toEqual([]);
      expect(inbound.nacks!.size).toBe(0);
    }),
    { numRuns: 50 },
  );
});
