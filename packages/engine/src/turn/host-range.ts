import { parseHost } from '../stun/index.js';

/** The addresses that share their first `bits` bits with `host`. */
export interface HostRange {
  readonly host: Uint8Array;
  readonly bits: number;
}

/** A range in text: `127.0.0.0/8`, `2001:db8::/32`, or one address; null when it is none. */
export function parseHostRange(text: string): HostRange | null {
  const [address = '', length, ...more] = text.trim().split('/');
  const host = parseHost(address);
  if (host === null || more.length > 0) return null;
  if (length === undefined) return { host, bits: 8 * host.length };
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : -1;
  return bits >= 0 && bits <= 8 * host.length ? { host, bits } : null;
}

export function isInRange(host: Uint8Array, range: HostRange): boolean {
  if (host.length !== range.host.length) return false;
  const whole = range.bits >> 3;
  for (let ix = 0; ix < whole; ix++) if (host[ix] !== range.host[ix]) return false;
  const rest = range.bits & 7;
  return rest === 0 || (host[whole]! ^ range.host[whole]!) >> (8 - rest) === 0;
}
