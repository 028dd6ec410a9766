import { SeededRandom } from '@madang/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExtendedSequence } from '../bytes/index.js';
import { ReportBlock } from '../rtp/index.js';
import { Jitter } from './jitter.js';
import { LossRegister } from './loss-register.js';
import { SEEN, SeenWindow } from './seen-window.js';

const start16 = fc.integer({ min: 0, max: 0xffff });

test('what is missing between the first and the last is lost, wherever the numbers begin', () => {
  fc.assert(
    fc.property(start16, fc.array(fc.boolean(), { maxLength: 400 }), (start, middle) => {
      const arrivals = [true, ...middle, true];
      const sequence = new ExtendedSequence();
      const loss = new LossRegister();
      arrivals.forEach((arrives, ix) => {
        if (arrives) loss.received(sequence.extend((start + ix) & 0xffff)!);
      });
      const lost = arrivals.filter((arrives) => !arrives).length;
      const block = new ReportBlock();
      loss.report(block);
      expect(block.cumulativeLost).toBe(lost);
      expect(block.fractionLost).toBe(Math.floor((lost * 256) / arrivals.length));
      expect(block.highestSeq32).toBe(start + arrivals.length - 1);
    }),
  );
});

test('a fraction is of the time since the report before', () => {
  const loss = new LossRegister();
  const block = new ReportBlock();
  const receive = (from: number, to: number) => {
    for (let seq = from; seq <= to; seq++) loss.received(0x1_0000 + seq);
  };
  loss.report(block);
  expect(block).toMatchObject({ fractionLost: 0, cumulativeLost: 0, highestSeq32: 0 });
  receive(0, 9);
  loss.report(block);
  expect(block.fractionLost).toBe(0);
  receive(20, 29);
  loss.report(block);
  expect(block).toMatchObject({ fractionLost: 128, cumulativeLost: 10 });
  // Late ones make up for it, and then more come than were expected.
  receive(10, 19);
  loss.report(block);
  expect(block).toMatchObject({ fractionLost: 0, cumulativeLost: 0, highestSeq32: 29 });
});

test('duplicates make the loss negative, down to what 24 bits hold', () => {
  const loss = new LossRegister();
  const block = new ReportBlock();
  for (let times = 0; times < 3; times++) loss.received(0x1_0000);
  loss.report(block);
  expect(block).toMatchObject({ cumulativeLost: -2, fractionLost: 0 });
});

test('a sender that begins anew has lost nothing', () => {
  const loss = new LossRegister();
  const block = new ReportBlock();
  loss.received(0x1_0000);
  loss.received(0x2_0000);
  loss.received(0x2_0001);
  loss.report(block);
  expect(block).toMatchObject({ cumulativeLost: 0, fractionLost: 0, highestSeq32: 0x1_0001 });
});

test('even packets have no jitter, wherever their timestamps begin', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (start) => {
      const jitter = new Jitter(48_000);
      for (let ix = 0; ix < 100; ix++) jitter.received((start + ix * 960) >>> 0, 1000 + ix * 20);
      expect(jitter.ts).toBe(0);
    }),
  );
});

test('the mean follows RFC 3550 A.8', () => {
  const random = new SeededRandom(3);
  const jitter = new Jitter(90_000);
  let expected = 0;
  let transitBefore = 0;
  for (let ix = 0; ix < 500; ix++) {
    const rtpTs = (0xffff_f000 + ix * 3000) >>> 0;
    const arrivedMs = ix * (1000 / 30) + random.below(20);
    jitter.received(rtpTs, arrivedMs);
    const transit = arrivedMs * 90 - ix * 3000;
    if (ix > 0) expected += (Math.abs(transit - transitBefore) - expected) / 16;
    transitBefore = transit;
  }
  expect(jitter.ts).toBe(Math.floor(expected));
  expect(jitter.ms).toBeCloseTo(expected / 90, 6);
});

test('after a restart the first packet measures nothing', () => {
  const jitter = new Jitter(48_000);
  jitter.received(0, 0);
  jitter.restart();
  jitter.received(0x8000_0000, 5);
  expect(jitter.ts).toBe(0);
});

test('the window knows every packet that it reaches back to', () => {
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -70, max: 10 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 200 }) },
  );
  fc.assert(
    fc.property(start16, fc.array(step, { maxLength: 300 }), (start, steps) => {
      const seen = new SeenWindow(64);
      const model = new Set<number>();
      let highest = 0x1_0000 + start;
      expect(seen.see(highest)).toBe(SEEN.NEW);
      model.add(highest);
      for (const by of steps) {
        const extended = highest + by;
        const known = extended > highest - 64;
        expect(seen.has(extended)).toBe(known && model.has(extended));
        expect(seen.see(extended)).toBe(!known ? SEEN.TOO_OLD : model.has(extended) ? SEEN.DUPLICATE : SEEN.NEW);
        model.add(extended);
        highest = Math.max(highest, extended);
      }
    }),
  );
});
