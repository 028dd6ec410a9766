import { parseHost } from '@madang/engine';
import ipaddr from 'ipaddr.js';
import type { NetworkAddress } from '../network/index.js';

/**
 * The addresses of this machine on which UDP is served, each with a socket of its own, so that answers come from where it was
 * asked. `bind`: numeric addresses, or none for all; those that are no wildcards are there even if they were not found, so
 * that a wrong one is noticed. Link-local ones are left out.
 */
export function boundHosts(found: readonly NetworkAddress[], bind: readonly string[]): string[] {
  const hosts = found.filter(({ address }) => isBound(address, bind) && !isLinkLocal(address));
  return [...new Set([...hosts.map(({ address }) => address), ...exactOf(bind)])];
}

export function isIpv6(address: string): boolean {
  return address.includes(':');
}

function isBound(address: string, bind: readonly string[]): boolean {
  if (bind.length === 0) return true;
  const any = isIpv6(address) ? ['::'] : ['0.0.0.0', '::'];
  return bind.some((each) => any.includes(each) || each === address);
}

function exactOf(bind: readonly string[]): string[] {
  return bind.filter((address) => address !== '::' && address !== '0.0.0.0' && parseHost(address) !== null);
}

/** They mean something on one link only, and browsers use none to reach others. */
function isLinkLocal(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'linkLocal';
}
