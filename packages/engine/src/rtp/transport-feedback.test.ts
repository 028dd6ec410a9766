import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RtcpCursor } from './rtcp-cursor.js';
import { RtcpWriter } from './rtcp-writer.js';
import { NOT_ARRIVED, TransportFeedback } from './transport-feedback.js';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replace(/\s+/g, ''), 'hex'));
const HEAD = '00000001 00000002';

/** The packet, filled up to whole words: by zeros, or as browsers do it by padding that tells how much of it there is. */
function packetOf(text: string, isPadded = false): Uint8Array {
  const body = hex(HEAD + text);
  const whole = new Uint8Array((body.length + 3) & ~3);
  whole.set(body);
  if (isPadded) whole[whole.length - 1] = whole.length - body.length;
  return Uint8Array.from([isPadded ? 0xaf : 0x8f, 205, 0, whole.length / 4, ...whole]);
}

function read(text: string, feedback = new TransportFeedback(64)): TransportFeedback | null {
  const packet = packetOf(text);
  const cursor = new RtcpCursor();
  expect(cursor.start(packet, 0, packet.length)).toBe(true);
  cursor.next();
  return feedback.read(cursor) ? feedback : null;
}

const arrivals = (feedback: TransportFeedback) => [...feedback.arrivalTicks.subarray(0, feedback.count)];

describe('by hand', () => {
  test('a run of small deltas', () => {
    const feedback = read('fffe0003 000a0b07 2003 04 05 06')!;
    expect(feedback).toMatchObject({ baseSeq16: 0xfffe, count: 3, reference24: 0x000a0b, feedbackSeq8: 7 });
    expect(arrivals(feedback)).toEqual([4, 9, 15]);
  });

  test('a vector of one bit, and one of two with a step back', () => {
    const whole = read('00000010 00000000 a001 e400 02 01 fff6 03')!;
    expect(arrivals(whole).map((ticks) => (ticks === NOT_ARRIVED ? null : ticks))).toEqual([
      2,
      ...Array(12).fill(null),
      3,
      -7,
      -4,
    ]);
  });

  test.each([
    ['one byte', '00000001 00000000 2001 01', [1]],
    ['two bytes', '00000004 00000000 2004 01 02 03 04', [1, 3, 6, 10]],
    ['three bytes', '00000003 00000000 2003 01 02 03', [1, 3, 6]],
  ])('padding of %s, and another packet behind it', (_name, text, ticks) => {
    const packet = Uint8Array.from([...packetOf(text, true), ...hex('80c90001 0000000a')]);
    const cursor = new RtcpCursor();
    expect(cursor.start(packet, 0, packet.length)).toBe(true);
    cursor.next();
    const feedback = new TransportFeedback(64);
    expect(feedback.read(cursor)).toBe(true);
    expect(arrivals(feedback)).toEqual(ticks);
    expect(cursor.next()).toBe(true);
    expect(cursor.next()).toBe(false);
  });

  test('a run of lost packets', () => {
    expect(arrivals(read('00000009 00000000 0008 2001 03')!)).toEqual([...Array(8).fill(NOT_ARRIVED), 3]);
  });
});

test.each([
  ['nothing behind the SSRCs', ''],
  ['no chunks', '00000001 00000000'],
  ['too few chunks', '00000010 00000000 2001 0100'],
  ['too few deltas', '00000008 00000000 2008 0102'],
  ['the reserved symbol', '00000001 00000000 6001 0101'],
  ['a run of nothing', '00000001 00000000 2000 0000'],
  ['more packets than there is room for', '00000041 00000000 0041 0000'],
])('%s: false', (_name, text) => {
  expect(read(text)).toBeNull();
});

test('what is written is what is read, in no more bytes than all deltas being large would take', () => {
  const arrival = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) },
    { weight: 2, arbitrary: fc.integer({ min: -200, max: 2000 }) },
    { weight: 2, arbitrary: fc.constant(null) },
  );
  const runs = fc
    .array(fc.tuple(arrival, fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 20 })
    .map((list) => list.flatMap(([step, times]) => Array<number | null>(times).fill(step)));
  const u16 = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(runs, u16, fc.integer({ min: 0, max: 0xff_ffff }), (steps, baseSeq16, reference24) => {
      const feedback = new TransportFeedback(1000);
      Object.assign(feedback, { baseSeq16, reference24, feedbackSeq8: 200, count: steps.length });
      let ticks = 0;
      steps.forEach((step, ix) => {
        if (step !== null) ticks += step;
        feedback.arrivalTicks[ix] = step === null ? NOT_ARRIVED : ticks;
      });
      const writer = new RtcpWriter().begin(new Uint8Array(4000).fill(0xee), 4, 3000);
      expect(feedback.write(writer, 1, 2)).toBe(true);
      expect(writer.length).toBeLessThanOrEqual(20 + 2 * Math.ceil(steps.length / 7) + 2 * steps.length + 3);
      const cursor = new RtcpCursor();
      expect(cursor.start(writer.bytes, 4, writer.length) && cursor.next()).toBe(true);
      const back = new TransportFeedback(1000);
      expect(back.read(cursor)).toBe(true);
      expect(back).toMatchObject({ baseSeq16, reference24, feedbackSeq8: 200, count: steps.length });
      expect(arrivals(back)).toEqual(arrivals(feedback));
    }),
    { numRuns: 300 },
  );
});

test('what cannot be said is not written', () => {
  const feedback = new TransportFeedback(4);
  feedback.count = 2;
  feedback.arrivalTicks.set([0, 0x8000]);
  const writer = new RtcpWriter().begin(new Uint8Array(100), 0, 100);
  expect(feedback.write(writer, 1, 2)).toBe(false);
  feedback.arrivalTicks.set([0, 0x7fff]);
  expect(feedback.write(new RtcpWriter().begin(new Uint8Array(100), 0, 24), 1, 2)).toBe(false);
  expect(writer.length).toBe(0);
  expect(feedback.write(writer, 1, 2)).toBe(true);
});
