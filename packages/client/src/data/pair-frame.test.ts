import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAIR, readPairFrame, writePairFrame } from './pair-frame.js';
import { ROOM_FRAME, readRoomFrame } from './room-frame.js';

const u32 = fc.nat({ max: 0xffff_ffff });

describe('a frame between two members', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.constantFrom(...Object.values(PAIR)),
        u32,
        u32,
        u32,
        fc.uint8Array({ maxLength: 200 }),
        (member, kind, own, other, number, bytes) => {
          const room = readRoomFrame(writePairFrame(member, { kind, own, other, number }, bytes).buffer);
          expect(room).toMatchObject({ type: ROOM_FRAME.BYTES, member });
          const { bytes: read, ...head } = readPairFrame(room!.payload)!;
          expect([head, [...read]]).toEqual([{ kind, own, other, number }, [...bytes]]);
        },
      ),
    );
  });

  it('is told from any other bytes without a throw, and is never longer than they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const room = readRoomFrame(bytes.slice().buffer);
        const frame = room === null ? null : readPairFrame(room.payload as Uint8Array<ArrayBuffer>);
        if (room !== null) expect(room.payload.length).toBeLessThanOrEqual(bytes.length - 2);
        if (frame !== null) expect(frame.bytes.length).toBe(room!.payload.length - 13);
      }),
    );
  });
});
