import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameSplitter, frame } from './frame-splitter.js';

function split(splitter: FrameSplitter, chunks: readonly Uint8Array[]): { datagrams: number[][]; whole: boolean } {
  const datagrams: number[][] = [];
  const whole = chunks.every((chunk) =>
    splitter.push(chunk, (bytes, at, length) => datagrams.push([...bytes.subarray(at, at + length)])),
  );
  return { datagrams, whole };
}

test('datagrams come out as they went in, however the stream is cut', () => {
  const datagram = fc.uint8Array({ maxLength: 60 });
  fc.assert(
    fc.property(fc.array(datagram, { maxLength: 12 }), fc.array(fc.nat(40), { maxLength: 40 }), (datagrams, cuts) => {
      const stream = Uint8Array.from(datagrams.flatMap((bytes) => [...frame(bytes)]));
      const chunks: Uint8Array[] = [];
      let at = 0;
      for (const cut of cuts) {
        chunks.push(stream.subarray(at, at + cut));
        at += cut;
      }
      chunks.push(stream.subarray(at));
      const splitter = new FrameSplitter(60);
      expect(split(splitter, chunks)).toEqual({
        datagrams: datagrams.filter(({ length }) => length > 0).map((bytes) => [...bytes]),
        whole: true,
      });
      expect(splitter.heldBytes).toBe(0);
    }),
  );
});

test.each([[[Uint8Array.of(0, 5, 1)]], [[Uint8Array.of(0), Uint8Array.of(5)]]])(
  'a frame longer than allowed breaks the stream for good: %j',
  (chunks) => {
    const splitter = new FrameSplitter(4);
    expect(split(splitter, chunks).whole).toBe(false);
    expect(split(splitter, [Uint8Array.of(0, 1, 7)])).toEqual({ datagrams: [], whole: false });
  },
);

test('no stream makes it hold more than one datagram', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (chunks) => {
      const splitter = new FrameSplitter(20);
      split(splitter, chunks);
      expect(splitter.heldBytes).toBeLessThanOrEqual(22);
    }),
  );
});
