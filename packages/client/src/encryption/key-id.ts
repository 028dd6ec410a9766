/**
 * The key id of Madang's frames, 64 bits. The session tells one run of a sender from the next, so that a counter that
 * begins anew never meets a key that was used; the generation counts the room's keys, and the step the ratchet.
 *
 *      0                           40        48               64
 *     +---------------------------+---------+----------------+
 *     | session, drawn at random  |  gen.   |      step      |
 *     +---------------------------+---------+----------------+
 */
export interface KeyId {
  readonly session: bigint;
  readonly generation: number;
  readonly step: number;
}

/** Room keys that one room can have, one after the other. */
export const MOST_GENERATIONS = 256;
/** A sender whose key has been ratcheted so often stays where it is: who comes late must be able to follow. */
export const MOST_STEPS = 4_095;

export function writeKeyId({ session, generation, step }: KeyId): bigint {
  return (session << 24n) | (BigInt(generation) << 16n) | BigInt(step);
}

export function readKeyId(kid: bigint): KeyId {
  return { session: kid >> 24n, generation: Number((kid >> 16n) & 0xffn), step: Number(kid & 0xffffn) };
}

export function drawSession(): bigint {
  return crypto.getRandomValues(new BigUint64Array(1))[0]! >> 24n;
}
