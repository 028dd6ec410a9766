import { randomBytes } from 'node:crypto';
import type { Random } from '@madang/engine';

/** Ids of 96 and secrets of 192 bits from the system's generator, in URL-safe Base64. */
export const cryptoRandom: Random = {
  id: () => randomBytes(12).toString('base64url'),
  secret: () => randomBytes(24).toString('base64url'),
  uint32: () => randomBytes(4).readUInt32BE(),
};
