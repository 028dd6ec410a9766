import { readU32 } from '../bytes/index.js';
import { ATTRIBUTE, type StunMessage } from '../stun/index.js';

/** RFC 8656 §3.2. */
export const DEFAULT_LIFETIME_MS = 600_000;

/**
 * How long an allocation shall last (RFC 8656 §7.2, §8.2): what the client asks for, but not less than the default and not
 * more than `longestMs`. Null when LIFETIME is malformed; 0 when it is 0, which only a Refresh means.
 */
export function desiredLifetimeMs(message: StunMessage, longestMs: number): number | null {
  const value = message.value(ATTRIBUTE.LIFETIME);
  if (value === null) return DEFAULT_LIFETIME_MS;
  if (value.length !== 4) return null;
  const askedMs = readU32(value, 0) * 1_000;
  return askedMs === 0 ? 0 : Math.max(DEFAULT_LIFETIME_MS, Math.min(askedMs, longestMs));
}
