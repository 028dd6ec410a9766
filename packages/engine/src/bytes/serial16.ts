/** Arithmetic on numbers that wrap at 2^16, as RTP sequence numbers do (RFC 1982 with SERIAL_BITS = 16). */

export function add16(seq16: number, n: number): number {
  return (seq16 + n) & 0xffff;
}

/**
 * How many steps lead from `from` to `to` by the shorter way: from -32768 to 32767, negative backwards. Exactly half
 * the circle, which RFC 1982 §3.2 leaves undefined, counts as backwards.
 */
export function distance16(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}

/** Whether `a` comes after `b`. */
export function isNewer16(a: number, b: number): boolean {
  return distance16(b, a) > 0;
}
