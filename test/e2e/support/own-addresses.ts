import { networkInterfaces } from 'node:os';

/**
 * Loopback, and what else the machine has of IPv4: Firefox offers no loopback address where it has another, and pairs the
 * other with no loopback address of ours. What is sent from an address of the machine to one of its own stays on it.
 */
export function ownAddresses(): [string, ...string[]] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const others = all.filter(({ family, internal }) => family === 'IPv4' && !internal);
  return ['127.0.0.1', ...others.map(({ address }) => address)];
}

/** Flags of a server whose media Firefox reaches as well. */
export const MEDIA_ON_OWN_ADDRESSES: readonly string[] = ownAddresses().flatMap((address) => ['--media-bind', address]);
