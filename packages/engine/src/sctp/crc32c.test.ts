import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32c } from './crc32c.js';

const bytes = (length: number, value: (ix: number) => number) => Uint8Array.from({ length }, (_, ix) => value(ix));

// RFC 3720 B.4, which RFC 9260 appendix A takes its polynomial with, and the check value of the catalogue of CRCs.
test.each([
  ['zeros', bytes(32, () => 0), 0x8a91_36aa],
  ['ones', bytes(32, () => 0xff), 0x62a8_ab43],
  ['ascending', bytes(32, (ix) => ix), 0x46dd_794e],
  ['descending', bytes(32, (ix) => 31 - ix), 0x113f_db5c],
  ['123456789', Uint8Array.from(Buffer.from('123456789')), 0xe306_9283],
  ['nothing', new Uint8Array(0), 0],
])('of %s is the published one', (_, input, sum) => {
  expect(crc32c(input, 0, input.length)).toBe(sum);
});

test('goes on from what stands in front, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (input, cut) => {
      const at = Math.min(cut, input.length);
      const front = crc32c(input, 0, at);
      expect(crc32c(input, at, input.length - at, front)).toBe(crc32c(input, 0, input.length));
    }),
  );
});
