/** Arithmetic on numbers that wrap at 2^32, as RTP timestamps and SCTP TSNs do (RFC 1982 with SERIAL_BITS = 32). */

export function add32(value: number, n: number): number {
  return (value + n) >>> 0;
}

/**
 * How many steps lead from `from` to `to` by the shorter way: from -2^31 to 2^31 - 1, negative backwards. Exactly half
 * the circle, which RFC 1982 §3.2 leaves undefined, counts as backwards.
 */
export function distance32(from: number, to: number): number {
  return (to - from) | 0;
}

/** Whether `a` comes after `b`. */
export function isNewer32(a: number, b: number): boolean {
  return distance32(b, a) > 0;
}
