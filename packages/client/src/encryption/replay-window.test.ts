import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ReplayWindow } from './replay-window.js';

it('takes each counter once, however they are mixed and however far they jump', () => {
  const counter = fc.oneof(fc.bigInt({ min: 0n, max: 200n }), fc.bigInt({ min: 0n, max: 40_000n }));
  fc.assert(
    fc.property(fc.array(counter, { maxLength: 200 }), (counters) => {
      const window = new ReplayWindow();
      const taken = new Set<bigint>();
      let newest = -1n;
      for (const next of counters) {
        const expected = !taken.has(next) && newest - next < 8_192n;
        expect(window.isFresh(next)).toBe(expected);
        if (!expected) continue;
        window.note(next);
        taken.add(next);
        if (next > newest) newest = next;
      }
    }),
  );
});
