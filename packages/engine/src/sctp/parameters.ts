import { readU16, writeU16 } from '../bytes/index.js';
import { padded } from './chunk.js';

/** Type, and the bytes behind type and length. Error causes have the same form. */
export interface Parameter {
  readonly type: number;
  readonly value: Uint8Array;
}

const HEADER_BYTES = 4;

/** Everything between `at` and `end` as parameters (RFC 9260 §3.2.1), as views; null when a length is not right. */
export function readParameters(bytes: Uint8Array, at: number, end: number): Parameter[] | null {
  const parameters: Parameter[] = [];
  for (let next = at; next < end; ) {
    if (end - next < HEADER_BYTES) return null;
    const length = readU16(bytes, next + 2);
    if (length < HEADER_BYTES || next + length > end) return null;
    parameters.push({ type: readU16(bytes, next), value: bytes.subarray(next + HEADER_BYTES, next + length) });
    next += padded(length);
  }
  return parameters;
}

/** Each padded to a multiple of four; the length in front is without padding. */
export function writeParameters(parameters: readonly Parameter[]): Uint8Array {
  const total = parameters.reduce((sum, { value }) => sum + padded(HEADER_BYTES + value.length), 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const { type, value } of parameters) {
    writeU16(bytes, at, type);
    writeU16(bytes, at + 2, HEADER_BYTES + value.length);
    bytes.set(value, at + HEADER_BYTES);
    at += padded(HEADER_BYTES + value.length);
  }
  return bytes;
}
