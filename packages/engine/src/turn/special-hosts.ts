import { type HostRange, parseHostRange } from './host-range.js';

const ranges = (...texts: string[]): HostRange[] => texts.map((text) => parseHostRange(text) as HostRange);

/** Addresses that are nobody's on the open internet (RFC 6890 and its registries), and so no peers by default. */
export const SPECIAL_HOSTS: readonly HostRange[] = ranges(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/127',
  '100::/64',
  '2001:2::/48',
  '2001:10::/28',
  '2001:20::/28',
  '2001:db8::/32',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
);

/** IPv6 addresses that stand for an IPv4 address: mapped, compatible, NAT64, 6to4 and Teredo. Nobody is a peer by them. */
export const EMBEDDING_HOSTS: readonly HostRange[] = ranges(
  '::ffff:0:0/96',
  '::ffff:0:0:0/96',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2002::/16',
  '2001::/32',
);

/** The own machine, by whatever address it is called. */
export const LOOPBACK_HOSTS: readonly HostRange[] = ranges('127.0.0.0/8', '0.0.0.0/32', '::/127');
