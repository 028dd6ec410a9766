import { networkInterfaces } from 'node:os';

export interface NetworkAddress {
  readonly address: string;
  readonly family: 'IPv4' | 'IPv6';
  readonly internal: boolean;
}

/** The addresses of this machine's interfaces as they are now, loopback among them. */
export function networkAddresses(): NetworkAddress[] {
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return found.map(({ address, family, internal }) => ({ address: address.replace(/%.*$/, ''), family, internal }));
}
