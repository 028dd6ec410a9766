import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CountedPool } from '../../test/sctp/counted-pool.js';
import { BLOCK_BYTES, BlockPool } from './block-pool.js';
import { ByteChain } from './byte-chain.js';

const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 3_000 }), { minLength: 1, maxLength: 40 });

const pool = new BlockPool();

/** Each piece stands somewhere in a larger array, as packets do. */
function chainOf(parts: readonly Uint8Array[]): ByteChain {
  const place = new Uint8Array(4_000).fill(0xee);
  place.set(parts[0]!, 7);
  const chain = new ByteChain(pool, place, 7, parts[0]!.length);
  for (const part of parts.slice(1)) {
    place.fill(0xee).set(part, 5);
    chain.append(place, 5, part.length);
  }
  place.fill(0xee);
  return chain;
}

test('what was appended and joined comes out in its order, whatever was done to where it came from', () => {
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 4 }), pieces, (chains, after) => {
      const [first, ...rest] = chains.map(chainOf);
      for (const chain of rest) first!.join(chain);
      for (const part of after) first!.append(part, 0, part.length);
      const all = Buffer.concat([...chains.flat(), ...after]);
      expect(first!.length).toBe(all.length);
      expect(all.equals(first!.take())).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('a block is used again once it has been given back, and never by two', () => {
  const own = new BlockPool();
  const block = own.take();
  own.give(block);
  expect(own.take()).toBe(block);
  expect(own.take()).not.toBe(block);
});

test('whatever is appended and joined, few blocks are taken for it, and all are given back', () => {
  const own = new CountedPool();
  // Mostly parts of a byte, which cost the most.
  const step = fc.record({ joins: fc.boolean(), length: fc.constantFrom(1, 1, 1, 1, 700, 5_000) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 50, maxLength: 200 }), (steps) => {
      const source = new Uint8Array(9_000);
      const chain = new ByteChain(own, source, 0, BLOCK_BYTES + 1);
      for (const { joins, length } of steps) {
        if (joins) chain.join(new ByteChain(own, source, 0, length));
        else chain.append(source, 0, length);
        expect(own.inUse * BLOCK_BYTES).toBeLessThanOrEqual(3 * chain.length);
      }
      chain.drop();
      expect(own.inUse).toBe(0);
    }),
    { numRuns: 100 },
  );
});
