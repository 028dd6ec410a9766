import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameOf } from './frame.js';
import { IncomingMessages } from './incoming-messages.js';

const head = (stream: number, size: number, kind: FrameOf<'message'>['kind'] = 'binary'): FrameOf<'message'> => ({
  type: 'message',
  stream,
  kind,
  size,
});
const chunk = (stream: number, offset: number, size: number) => ({
  stream,
  offset,
  bytes: new Uint8Array(size).fill(65),
});

describe('incoming messages', () => {
  it('come together from any cuts, however they are mixed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1_024, max: 5_000 }), { minLength: 1, maxLength: 6 }), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.infiniteStream(fc.nat()),
        (messages, turns) => {
          const incoming = new IncomingMessages(10_000_000);
          const rest = messages.map((cuts, ix) => ({ stream: ix + 1, cuts: [...cuts], offset: 0 }));
          const size = (cuts: readonly number[]): number => cuts.reduce((sum, cut) => sum + cut, 0);
          for (const { stream, cuts } of rest) expect(incoming.head(head(stream, size(cuts))).type).toBe('more');
          let complete = 0;
          while (rest.some(({ cuts }) => cuts.length > 0)) {
            const open = rest.filter(({ cuts }) => cuts.length > 0);
            const message = open[turns.next().value! % open.length]!;
            const cut = message.cuts.shift()!;
            const intake = incoming.chunk(chunk(message.stream, message.offset, cut));
            message.offset += cut;
            expect(intake?.type).toBe(message.cuts.length === 0 ? 'complete' : 'more');
            if (intake?.type === 'complete') complete += 1;
          }
          expect(complete).toBe(messages.length);
          expect(incoming.heldBytes).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('take memory for what has come, not for what is announced', () => {
    const incoming = new IncomingMessages(64_000_000);
    incoming.head(head(1, 60_000_000));
    expect(incoming.heldBytes).toBe(0);
    incoming.chunk(chunk(1, 0, 2_000));
    expect(incoming.heldBytes).toBe(2_000);
  });

  it('never hold more than the bound, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.boolean(),
            fc.integer({ min: 1, max: 20 }),
            fc.integer({ min: 0, max: 9_000 }),
            fc.integer({ min: 1, max: 9_000 }),
          ),
          { maxLength: 200 },
        ),
        (moves) => {
          const incoming = new IncomingMessages(20_000);
          for (const [isHead, stream, offset, size] of moves) {
            if (isHead) incoming.head(head(stream, size));
            else incoming.chunk(chunk(stream, offset, size));
            expect(incoming.heldBytes).toBeLessThanOrEqual(20_000);
          }
        },
      ),
    );
  });

  it('are told once, though they are sent again after their acknowledgement was lost', () => {
    const incoming = new IncomingMessages(100);
    incoming.head(head(1, 1, 'text'));
    expect(incoming.chunk(chunk(1, 0, 1))).toMatchObject({ type: 'complete', message: { data: 'A' } });
    incoming.restart();
    expect(incoming.head(head(1, 1, 'text'))).toEqual({ type: 'again', stream: 1 });
    expect(incoming.chunk(chunk(1, 0, 1))).toEqual({ type: 'late' });
  });

  it('begin anew after another connection, and end when they are dropped', () => {
    const incoming = new IncomingMessages(10_000);
    incoming.head(head(1, 8_000));
    incoming.chunk(chunk(1, 0, 4_000));
    incoming.restart();
    expect(incoming.heldBytes).toBe(0);
    expect(incoming.head(head(1, 8_000)).type).toBe('more');
    incoming.drop(1);
    expect(incoming.chunk(chunk(1, 0, 4_000))).toEqual({ type: 'late' });
    expect(incoming.head(head(2, 10_000)).type).toBe('more');
  });

  it('refuse what is too large politely, and what no honest sender sends with a reason', () => {
    const fresh = () => new IncomingMessages(10_000);
    expect(fresh().head(head(1, 10_001))).toEqual({ type: 'refused', stream: 1 });
    const bad = (run: (incoming: IncomingMessages) => unknown, reason: string) =>
      expect(run(fresh())).toEqual({ type: 'bad', reason });
    bad((on) => [on.head(head(1, 9)), on.head(head(1, 9))][1], 'a stream begun twice');
    bad((on) => [on.head(head(1, 9_000)), on.head(head(2, 9_000))][1], 'too much at once');
    bad((on) => Array.from({ length: 17 }, (_, ix) => on.head(head(ix + 1, 1)))[16], 'too many messages at once');
    bad((on) => [on.head(head(1, 9_000)), on.chunk(chunk(1, 1, 2_000))][1], 'a gap');
    bad((on) => [on.head(head(1, 9)), on.chunk(chunk(1, 0, 10))][1], 'more bytes than announced');
    bad((on) => [on.head(head(1, 9_000)), on.chunk(chunk(1, 0, 1_023))][1], 'a tiny chunk');
    bad((on) => [on.head(head(1, 1, 'json')), on.chunk(chunk(1, 0, 1))][1], 'no json');
    expect(fresh().chunk(chunk(9, 0, 1))).toBeNull();
  });
});
