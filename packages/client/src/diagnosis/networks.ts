import type { CandidateFact } from '../record/index.js';

const LOCAL4 =
  /^(?:10|127)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254[.x]|^100\.64x|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const LOCAL6 = /^(?:f[cd]|fe[89ab]|::1$)/i;

/** An address behind a name that only machines of the same network can resolve (mDNS), or none at all. */
export const isHidden = (address: string): boolean => address === '' || address.endsWith('.local');

/** Whether a candidate leads no farther than its own network. */
export function isLocal({ type, address }: CandidateFact): boolean {
  if (type !== 'host') return false;
  return isHidden(address) || LOCAL4.test(address) || LOCAL6.test(address);
}

/**
 * Equal for addresses of what is most likely the same network: the first three numbers, or the first four groups. Also of
 * masked addresses.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address.split('.').slice(0, 3).join('.');
  const masked = /^(.*::x:\d+):\d+$/.exec(address)?.[1];
  if (masked !== undefined) return masked;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head.split(':');
  const missing = tail === undefined ? 0 : 8 - before.length - (tail === '' ? 0 : tail.split(':').length);
  return [...before, ...Array.from({ length: missing }, () => '0'), ...(tail?.split(':') ?? [])]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
