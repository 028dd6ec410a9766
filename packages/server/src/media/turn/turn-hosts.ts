import { parseHost, type RelayHost } from '@madang/engine';
import type { NetworkAddress } from '../../network/index.js';
import { boundHosts, isIpv6 } from '../bound-hosts.js';

export interface TurnHostsSources {
  /** `--bind`: numeric addresses, or none for all. */
  readonly bind: readonly string[];
  /** `--announce`: what clients are told instead. Names among them are for pages alone. */
  readonly announce: readonly string[];
  readonly found: readonly NetworkAddress[];
  /** For each family the address that this machine would send from to the internet, if it has a way there. */
  readonly routed: readonly string[];
}

export interface TurnHosts {
  /** Addresses on which clients are answered over UDP. Each has a socket, so that answers come from where it was asked. */
  readonly clients: readonly string[];
  readonly relays: readonly RelayHost[];
  /** Addresses of this machine, and those announced for it. */
  readonly own: readonly Uint8Array[];
}

const FAMILIES = ['IPv4', 'IPv6'] as const;

/** Where a TURN server on this machine listens, and on which addresses it relays. */
export function turnHosts(sources: TurnHostsSources): TurnHosts {
  const clients = boundHosts(sources.found, sources.bind);
  const relays = FAMILIES.flatMap((family) => relaysOf(family, sources, clients));
  const own = [...sources.found.map(({ address }) => address), ...sources.announce].map(parseHost);
  return { clients, relays, own: own.filter((host) => host !== null) };
}

/**
 * Of each family one address for each that is announced, or one: that of the way to the internet, else one that other
 * machines reach, else that of this machine alone.
 */
function relaysOf(
  family: (typeof FAMILIES)[number],
  { found, routed, announce }: TurnHostsSources,
  clients: readonly string[],
): RelayHost[] {
  const ofFamily = (address: string) => isIpv6(address) === (family === 'IPv6') && parseHost(address) !== null;
  const candidates = clients.filter(ofFamily);
  const isInternal = (address: string) => found.some((each) => each.address === address && each.internal);
  const fallback =
    candidates.find((address) => routed.includes(address)) ??
    candidates.find((address) => !isInternal(address)) ??
    candidates[0];
  if (fallback === undefined) return [];
  const announced = announce.filter(ofFamily);
  const byHost = new Map<string, string>();
  for (const address of announced.length > 0 ? announced : [fallback]) {
    const host = candidates.includes(address) ? address : fallback;
    if (!byHost.has(host)) byHost.set(host, address);
  }
  return [...byHost].map(([host, address]) => ({ host: hostBytes(host), announced: hostBytes(address) }));
}

function hostBytes(address: string): Uint8Array {
  return parseHost(address) as Uint8Array;
}
