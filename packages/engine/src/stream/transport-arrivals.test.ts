import { SeededRandom } from '@madang/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOT_ARRIVED, RtcpCursor, RtcpWriter, TransportFeedback } from '../rtp/index.js';
import { TransportArrivals } from './transport-arrivals.js';

const feedback = new TransportFeedback(1000);

/** What a sender reads of all that is due: number → arrival in ticks, `NOT_ARRIVED` for lost ones. */
function told(arrivals: TransportArrivals, now: number, into = new Map<number, number>()): Map<number, number> {
  while (arrivals.due(now, feedback)) {
    const writer = new RtcpWriter().begin(new Uint8Array(4000), 0, 4000);
    expect(feedback.write(writer, 1, 2)).toBe(true);
    const cursor = new RtcpCursor();
    expect(cursor.start(writer.bytes, 0, writer.length) && cursor.next()).toBe(true);
    const read = new TransportFeedback(1000);
    expect(read.read(cursor)).toBe(true);
    for (let ix = 0; ix < read.count; ix++) {
      const ticks = read.arrivalTicks[ix]!;
      into.set((read.baseSeq16 + ix) & 0xffff, ticks === NOT_ARRIVED ? ticks : read.reference24 * 256 + ticks);
    }
  }
  return into;
}

test('nothing is due before anything came, then 100 ms after the first', () => {
  const arrivals = new TransportArrivals(64);
  expect([arrivals.nextAtMs, arrivals.due(1000, feedback)]).toEqual([Number.POSITIVE_INFINITY, false]);
  arrivals.received(5, 1000);
  arrivals.received(6, 1050);
  expect(arrivals.nextAtMs).toBe(1100);
  expect(arrivals.due(1099, feedback)).toBe(false);
  expect(told(arrivals, 1100)).toEqual(
    new Map([
      [5, 4000],
      [6, 4200],
    ]),
  );
  expect(arrivals.nextAtMs).toBe(Number.POSITIVE_INFINITY);
});

test('each feedback has the next number', () => {
  const arrivals = new TransportArrivals(64);
  const numbers: number[] = [];
  for (let ix = 0; ix < 258; ix++) {
    arrivals.received(ix, ix * 100);
    if (arrivals.due(ix * 100 + 100, feedback)) numbers.push(feedback.feedbackSeq8);
    told(arrivals, ix * 100 + 100);
  }
  expect([numbers[0], numbers[255], numbers[256], numbers[257]]).toEqual([0, 255, 0, 1]);
});

test('what was lost between two feedbacks is told as well', () => {
  const arrivals = new TransportArrivals(64);
  arrivals.received(5, 0);
  told(arrivals, 100);
  arrivals.received(8, 110);
  expect(told(arrivals, 210)).toEqual(
    new Map([
      [6, NOT_ARRIVED],
      [7, NOT_ARRIVED],
      [8, 440],
    ]),
  );
});

test('a late one is told when it came', () => {
  const arrivals = new TransportArrivals(64);
  arrivals.received(5, 0);
  arrivals.received(7, 10);
  told(arrivals, 100);
  arrivals.received(6, 120);
  expect(told(arrivals, 220)).toEqual(
    new Map([
      [6, 480],
      [7, 40],
    ]),
  );
});

test('a pause of more than eight seconds is told in two', () => {
  const arrivals = new TransportArrivals(64);
  arrivals.received(5, 0);
  arrivals.received(6, 9000);
  expect(arrivals.due(9000, feedback) && feedback.count).toBe(1);
  expect(arrivals.due(9000, feedback) && feedback.count).toBe(1);
  expect(arrivals.due(9000, feedback)).toBe(false);
});

test('a jump farther than it remembers begins anew', () => {
  const arrivals = new TransportArrivals(64);
  arrivals.received(5, 0);
  arrivals.received(1000, 10);
  expect([...told(arrivals, 110).keys()]).toEqual([1000]);
});

test('over any loss, reorder and duplication, over the wrap, a sender learns what came and when', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1000 }), fc.integer({ min: 0xff00, max: 0xffff }), (seed, start) => {
      const random = new SeededRandom(seed);
      const arrivals = new TransportArrivals(1024);
      const came = new Map<number, number>();
      const learnt = new Map<number, number>();
      let now = random.below(1_000_000);
      let last = -1;
      for (let ix = 0; ix < 400; ix++, now += random.below(30)) {
        const nth = Math.max(0, ix - (random.chance(0.2) ? random.below(8) : 0));
        if (random.chance(0.1) && ix > 0) continue;
        const seq16 = (start + nth) & 0xffff;
        arrivals.received(seq16, now);
        if (!came.has(seq16)) came.set(seq16, now * 4);
        last = Math.max(last, nth);
        told(arrivals, now, learnt);
      }
      told(arrivals, now + 1000, learnt);
      for (let nth = 0; nth <= last; nth++) {
        const seq16 = (start + nth) & 0xffff;
        expect(learnt.get(seq16), `seed ${seed}, number ${nth}`).toBe(came.get(seq16) ?? NOT_ARRIVED);
      }
    }),
    { numRuns: 60 },
  );
});
