/**
 * NTP times (RFC 3550 §4): seconds since 1900 in 32 bits, and fractions of a second in another 32. The engine knows no
 * calendar: its own reports count from `now` 0, which is as good, since receivers only compare them with each other.
 */

const FRACTIONS = 0x1_0000_0000;

/** The whole seconds of a time in milliseconds, 0 to 2^32 - 1. */
export function ntpSeconds(ms: number): number {
  return Math.floor(ms / 1000) >>> 0;
}

/** The rest of a time in milliseconds, in units of 2^-32 seconds. */
export function ntpFraction(ms: number): number {
  const rest = ms / 1000 - Math.floor(ms / 1000);
  return Math.floor(rest * FRACTIONS) >>> 0;
}

/** Milliseconds with fraction; exact to better than a microsecond. */
export function ntpToMs(seconds: number, fraction: number): number {
  return seconds * 1000 + (fraction / FRACTIONS) * 1000;
}

/** The middle 32 bits: what LSR repeats of a sender report (RFC 3550 §6.4.1), in units of 2^-16 seconds. */
export function ntpMiddle(seconds: number, fraction: number): number {
  return (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0;
}
