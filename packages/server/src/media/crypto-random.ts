import { randomBytes, randomFillSync } from 'node:crypto';
import type { Random } from '@madang/engine';

/** Numbers are drawn in advance: asking the generator takes it as long for four bytes as for a thousand. */
const NUMBERS = 256;
const drawn = new Uint32Array(NUMBERS);
let used = NUMBERS;

function uint32(): number {
  if (used === NUMBERS) {
    randomFillSync(drawn);
    used = 0;
  }
  const number = drawn[used]!;
  drawn[used++] = 0;
  return number;
}

/** Ids of 96 and secrets of 192 bits from the system's generator, in URL-safe Base64. */
export const cryptoRandom: Random = {
  id: () => randomBytes(12).toString('base64url'),
  secret: () => randomBytes(24).toString('base64url'),
  uint32,
};
