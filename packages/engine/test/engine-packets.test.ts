import { Engine, KIND, RX, RX_COLUMNS, type RxTable, type TxTable } from '@madang/engine';
import { SeededRandom } from '@madang/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIMITS } from './stage.js';

const SLOT_BYTES = 64;

function tx(): TxTable {
  return { rows: new Int32Array(0), capacity: 0, count: 0, inline: new Uint8Array(0), inlineBytes: 0, flush: () => {} };
}

/** A batch with one row per datagram, each given by its first byte. */
function batch(firstBytes: readonly number[]): RxTable {
  const rows = new Int32Array(firstBytes.length * RX_COLUMNS);
  const slab = new Uint8Array(firstBytes.length * SLOT_BYTES);
  firstBytes.forEach((byte, slot) => {
    slab[slot * SLOT_BYTES] = byte;
    rows.set([slot, 20], slot * RX_COLUMNS + RX.SLOT);
  });
  return { rows, count: firstBytes.length, slab, slotBytes: SLOT_BYTES };
}

function engine(): Engine {
  return new Engine({ limits: LIMITS, random: new SeededRandom(1) });
}

test.each([
  ['STUN', [0, 3]],
  ['UNKNOWN', [4, 15]],
  ['ZRTP', [16, 19]],
  ['DTLS', [20, 63]],
  ['TURN_CHANNEL', [64, 79]],
  ['QUIC', [80, 127]],
  ['RTP', [128, 191]],
  ['QUIC', [192, 255]],
] as const)('datagrams of kind %s begin with bytes %j', (kind, [from, to]) => {
  const bytes = Array.from({ length: to - from + 1 }, (_, ix) => from + ix);
  const tested = engine();
  const out = tx();
  tested.packets(batch(bytes), 0, out);
  const { received, dropped } = tested.counts().packets;
  const others = Object.keys(KIND).filter((name) => name !== kind);
  expect(received[kind]).toBe(bytes.length);
  expect(others.map((name) => received[name as keyof typeof KIND])).toEqual(others.map(() => 0));
  expect(dropped).toEqual({ malformed: 0, no_endpoint: bytes.length });
  expect(out.count).toBe(0);
});

test.each([
  ['a slot below the slab', -1, 20],
  ['a slot past the slab', 2, 20],
  ['a slot so far away that its offset overflows 32 bits', 0x7fff_ffff, 20],
  ['no bytes', 0, 0],
  ['a negative length', 0, -5],
  ['more bytes than a slot has', 0, SLOT_BYTES + 1],
])('a row with %s is malformed', (_what, slot, length) => {
  const rx = batch([0, 0]);
  rx.rows.set([slot, length], RX.SLOT);
  const tested = engine();
  tested.packets(rx, 0, tx());
  expect(tested.counts().packets.dropped).toEqual({ malformed: 1, no_endpoint: 1 });
});

test('no table makes it throw, and every row is accounted for', () => {
  const tables = fc.record({
    rows: fc.int32Array({ maxLength: 80 }),
    count: fc.integer({ min: 0, max: 12 }),
    slab: fc.uint8Array({ maxLength: 256 }),
    slotBytes: fc.integer({ min: 0, max: 64 }),
  });
  fc.assert(
    fc.property(tables, (rx) => {
      const tested = engine();
      tested.packets(rx, 0, tx());
      const { received, dropped } = tested.counts().packets;
      const rows = Math.min(rx.count, Math.floor(rx.rows.length / RX_COLUMNS));
      expect(dropped.malformed + dropped.no_endpoint).toBe(rows);
      expect(Object.values(received).reduce((sum, count) => sum + count, 0)).toBe(dropped.no_endpoint);
    }),
  );
});
