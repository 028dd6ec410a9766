import type { DependencyDescriptor } from './dependency-descriptor.js';

const MANDATORY_BITS = 24;
const FLAG_BITS = 5;
const ACTIVE_TARGETS_FLAG = 0x08;

/** How many bytes more than the original a descriptor with other active targets can have. */
export const MOST_REWRITE_BYTES = 5;

/**
 * Writes the descriptor at `at` of `bytes`, which `descriptor` was read from, to `outAt` of `out`, saying which decode
 * targets a receiver will get: whoever forwards only some layers has to tell, or the others are waited for (RTP Payload
 * Format For AV1 A.4). `activeTargets` has a bit for each. Returns its length, at most `MOST_REWRITE_BYTES` more than that
 * of the original; there has to be room. Never allocates.
 */
export function rewriteActiveTargets(
  bytes: Uint8Array,
  at: number,
  descriptor: DependencyDescriptor,
  activeTargets: number,
  out: Uint8Array,
  outAt: number,
): number {
  const targets = descriptor.structure?.targets ?? 0;
  const isExtended = descriptor.endBit > MANDATORY_BITS;
  const flags = isExtended ? getBits(bytes, 8 * at + MANDATORY_BITS, FLAG_BITS) : 0;
  const maskBit = descriptor.activeTargetsBit;
  let bit = 8 * outAt;
  bit = copyBits(bytes, 8 * at, MANDATORY_BITS, out, bit);
  bit = putBits(out, bit, FLAG_BITS, flags | ACTIVE_TARGETS_FLAG);
  bit = copyBits(bytes, 8 * at + MANDATORY_BITS + FLAG_BITS, maskBit - MANDATORY_BITS - FLAG_BITS, out, bit);
  bit = putBits(out, bit, targets, activeTargets);
  if (isExtended) {
    const restBit = maskBit + ((flags & ACTIVE_TARGETS_FLAG) === 0 ? 0 : targets);
    bit = copyBits(bytes, 8 * at + restBit, descriptor.endBit - restBit, out, bit);
  }
  const length = Math.ceil(bit / 8) - outAt;
  putBits(out, bit, 8 * (outAt + length) - bit, 0);
  return length;
}

function getBits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let bit = from; bit < from + count; bit++) value = (value << 1) | ((bytes[bit >>> 3]! >>> (7 - (bit & 7))) & 1);
  return value;
}

/** Writes the low `count` bits of `value`, the highest first; returns where they end. */
function putBits(out: Uint8Array, from: number, count: number, value: number): number {
  for (let nth = 0; nth < count; nth++) putBit(out, from + nth, (value >>> (count - 1 - nth)) & 1);
  return from + count;
}

function copyBits(bytes: Uint8Array, from: number, count: number, out: Uint8Array, to: number): number {
  for (let nth = 0; nth < count; nth++) putBit(out, to + nth, getBits(bytes, from + nth, 1));
  return to + count;
}

function putBit(out: Uint8Array, at: number, bit: number): void {
  const mask = 0x80 >>> (at & 7);
  const ix = at >>> 3;
  out[ix] = bit === 1 ? out[ix]! | mask : out[ix]! & ~mask;
}
