import ipaddr from 'ipaddr.js';

/** How far an address reaches. `private` is every one that other networks don't route, those for examples among them. */
export type AddressKind = 'public' | 'private' | 'carrier' | 'link-local' | 'loopback' | 'unusable';

const KINDS: Readonly<Record<string, AddressKind>> = {
  unicast: 'public',
  carrierGradeNat: 'carrier',
  linkLocal: 'link-local',
  loopback: 'loopback',
  unspecified: 'unusable',
  multicast: 'unusable',
  broadcast: 'unusable',
};

/** Of an IPv4 or IPv6 address without zone; see RFC 6890 for the ranges. */
export function addressKind(address: string): AddressKind {
  return KINDS[ipaddr.parse(address).range()] ?? 'private';
}

/** Those that other machines may reach: neither loopback nor of one link. */
export function reaching(addresses: readonly string[]): string[] {
  return addresses.filter((address) => ['public', 'private', 'carrier'].includes(addressKind(address)));
}
