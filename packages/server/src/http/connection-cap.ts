import { addressGroup, type ProxyTrust } from '../auth/index.js';
import type { Traffic } from './listener.js';

/** Counts open TCP connections per address, and admits no more than `most`. A trusted proxy may open any number. */
export function connectionCap(most: number, trusts: ProxyTrust): Traffic['admits'] {
  const open = new Map<string, number>();
  return (rawAddress, closed) => {
    const address = rawAddress.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
    if (trusts(address)) return true;
    const group = addressGroup(address);
    const count = open.get(group) ?? 0;
    if (count >= most) return false;
    open.set(group, count + 1);
    closed(() => {
      const left = (open.get(group) ?? 1) - 1;
      if (left === 0) open.delete(group);
      else open.set(group, left);
    });
    return true;
  };
}
