import { parseHost } from '@madang/engine';
import type { NetworkAddress } from '../network/index.js';
import { boundHosts, isIpv6 } from './bound-hosts.js';

export interface MediaAddressesSources {
  /** `--bind`: numeric addresses, or none for all. */
  readonly bind: readonly string[];
  /** `--announce`. Names among them are for pages alone. */
  readonly announce: readonly string[];
  readonly found: readonly NetworkAddress[];
  /** For each family the address that this machine would send from to the internet, if it has a way there. */
  readonly routed: readonly string[];
}

export interface MediaAddresses {
  /** Those of this machine that media is taken on: a socket for each. */
  readonly sockets: readonly string[];
  /** Those that other sides are told, the best first. */
  readonly announced: readonly string[];
}

/**
 * Where media is taken, and what is said of it. Nothing announced: every address that other machines reach, that of the way
 * to the internet first; those of loopback only where there is no other.
 *
 * Announced addresses stand for these. One that is not this machine's own is in front of it (1:1 NAT, a container's host):
 * then the address behind it is told as well, for whoever is inside too, and for relays of this machine, whose packets few
 * routers would turn around.
 */
export function mediaAddresses({ bind, announce, found, routed }: MediaAddressesSources): MediaAddresses {
  const sockets = boundHosts(found, bind);
  const reaching = reachingOf(sockets, found, routed);
  const wanted = announce.filter((address) => parseHost(address) !== null);
  if (wanted.length === 0) return { sockets, announced: reaching };
  const inFront = wanted.filter((address) => !sockets.includes(address));
  const behind = inFront.flatMap((address) => {
    const host = reaching.find((each) => isIpv6(each) === isIpv6(address));
    return host === undefined ? [] : [host];
  });
  return { sockets, announced: [...new Set([...wanted, ...behind])] };
}

function reachingOf(sockets: readonly string[], found: readonly NetworkAddress[], routed: readonly string[]): string[] {
  const isInternal = (address: string) => found.some((each) => each.address === address && each.internal);
  const outside = sockets.filter((address) => !isInternal(address));
  if (outside.length === 0) return [...sockets];
  return outside.sort((one, other) => Number(routed.includes(other)) - Number(routed.includes(one)));
}
