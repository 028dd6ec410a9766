import fc from 'fast-check';
import { expect, test } from 'vitest';
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
  const grown = () => {
    const chain = new ByteChain(own, new Uint8Array(BLOCK_BYTES), 0, BLOCK_BYTES - 1);
    for (let ix = 0; ix < 20; ix++) chain.append(new Uint8Array(1_000).fill(ix), 0, 1_000);
    return chain;
  };
  const [one, other] = [grown(), grown()];
  const before = one.take();
  const third = grown();
  expect(Buffer.from(before).equals(third.take())).toBe(true);
  expect(Buffer.from(before).equals(other.take())).toBe(true);
  const [a, b] = [own.take(), own.take()];
  expect([a.length, b.length, a !== b]).toEqual([BLOCK_BYTES, BLOCK_BYTES, true]);
});
