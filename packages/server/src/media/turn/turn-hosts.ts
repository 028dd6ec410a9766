import { parseHost, type RelayHost } from '@madang/engine';
import ipaddr from 'ipaddr.js';
import type { NetworkAddress } from '../../tls/index.js';

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
  const clients = sources.found.filter(({ address }) => isBound(address, sources.bind) && !isLinkLocal(address));
  const texts = [...new Set([...clients.map(({ address }) => address), ...exactOf(sources.bind)])];
  const relays = FAMILIES.flatMap((family) => relaysOf(family, sources, texts));
  const own = [...sources.found.map(({ address }) => address), ...sources.announce].map(parseHost);
  return { clients: texts, relays, own: own.filter((host) => host !== null) };
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

function isBound(address: string, bind: readonly string[]): boolean {
  if (bind.length === 0) return true;
  const any = isIpv6(address) ? ['::'] : ['0.0.0.0', '::'];
  return bind.some((each) => any.includes(each) || each === address);
}

/** Bound addresses that are no wildcards: to be opened even if they were not found, so that a wrong one is noticed. */
function exactOf(bind: readonly string[]): string[] {
  return bind.filter((address) => address !== '::' && address !== '0.0.0.0' && parseHost(address) !== null);
}

function isIpv6(address: string): boolean {
  return address.includes(':');
}

/** They mean something on one link only, and browsers use none for TURN. */
function isLinkLocal(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'linkLocal';
}
