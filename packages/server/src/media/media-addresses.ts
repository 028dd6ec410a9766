import { parseHost } from '@madang/engine';
import { isLoopback } from '../auth/index.js';
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

/** What one other side calls this server; an address, a name, or null. */
export type ReachedAs = string | null;

export interface MediaAddresses {
  /** Those of this machine that media is taken on: a socket for each. */
  readonly sockets: readonly string[];
  /** Those that other sides are told, the best first. */
  readonly announced: readonly string[];
}

/**
 * Where media is taken, and what is said of it to somebody. Nothing announced: every address that other machines reach, that of the way
 * to the internet first; those of loopback only where there is no other. Before them what this machine is reached by, where
 * that is an address that it knows nothing of: it is somebody's who passes packets on.
 *
 * Announced addresses stand for these. One that is not this machine's own is in front of it (1:1 NAT, a container's host):
 * then the address behind it is told as well, for whoever is inside too, and for relays of this machine, whose packets few
 * routers would turn around.
 */
export function mediaAddresses(sources: MediaAddressesSources, reachedAs: ReachedAs = null): MediaAddresses {
  const { bind, announce, found, routed } = sources;
  const sockets = boundHosts(found, bind);
  const reaching = reachingOf(sockets, found, routed);
  const wanted = announce.filter((address) => parseHost(address) !== null);
  if (wanted.length === 0) return { sockets, announced: [...inFrontOf(found, reachedAs), ...reaching] };
  const inFront = wanted.filter((address) => !sockets.includes(address));
  const behind = inFront.flatMap((address) => {
    const host = reaching.find((each) => isIpv6(each) === isIpv6(address));
    return host === undefined ? [] : [host];
  });
  return { sockets, announced: [...new Set([...wanted, ...behind])] };
}

/** Loopback is before nobody but a proxy on this machine. */
function inFrontOf(found: readonly NetworkAddress[], reachedAs: ReachedAs): string[] {
  if (reachedAs === null || parseHost(reachedAs) === null || isLoopback(reachedAs)) return [];
  return found.some(({ address }) => address === reachedAs) ? [] : [reachedAs];
}

function reachingOf(sockets: readonly string[], found: readonly NetworkAddress[], routed: readonly string[]): string[] {
  const isInternal = (address: string) => found.some((each) => each.address === address && each.internal);
  const outside = sockets.filter((address) => !isInternal(address));
  if (outside.length === 0) return [...sockets];
  return outside.sort((one, other) => Number(routed.includes(other)) - Number(routed.includes(one)));
}
