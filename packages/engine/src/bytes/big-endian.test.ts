import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as bigEndian from './big-endian.js';

const WIDTHS = [
  { bits: 16, read: bigEndian.readU16, write: bigEndian.writeU16 },
  { bits: 24, read: bigEndian.readU24, write: bigEndian.writeU24 },
  { bits: 32, read: bigEndian.readU32, write: bigEndian.writeU32 },
  { bits: 48, read: bigEndian.readU48, write: bigEndian.writeU48 },
];

/** The oracle: the decimal value spelled out byte by byte. */
function spelled(value: number | bigint, byteCount: number): number[] {
  const hex = value.toString(16).padStart(byteCount * 2, '0');
  return Array.from({ length: byteCount }, (_, ix) => Number.parseInt(hex.slice(ix * 2, ix * 2 + 2), 16));
}

describe.each(WIDTHS)('$bits bits', ({ bits, read, write }) => {
  const values = fc.integer({ min: 0, max: 2 ** bits - 1 });

  test('are written highest byte first, and only where they belong', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = new Uint8Array(bits / 8 + 2).fill(0xee);
        write(bytes, 1, value);
        expect(Array.from(bytes)).toEqual([0xee, ...spelled(value, bits / 8), 0xee]);
      }),
    );
  });

  test('are read as they were written', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = Uint8Array.from([0xff, ...spelled(value, bits / 8), 0xff]);
        expect(read(bytes, 1)).toBe(value);
      }),
    );
  });
});

test('64 bits are read and written as big integers', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      const bytes = new Uint8Array(8);
      bigEndian.writeU64(bytes, 0, value);
      expect(Array.from(bytes)).toEqual(spelled(value, 8));
      expect(bigEndian.readU64(bytes, 0)).toBe(value);
    }),
  );
});
