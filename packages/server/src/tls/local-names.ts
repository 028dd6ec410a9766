import { hostname as systemHostname } from 'node:os';
import { type NetworkAddress, networkAddresses } from '../network/index.js';

/** What a server on this machine may be called by. */
export interface LocalNames {
  readonly dns: readonly string[];
  /** Canonical IPv4 and IPv6 addresses, without zones. */
  readonly addresses: readonly string[];
}

/** Every name and address of this machine, and the addresses announced for it. */
export function localNames(
  announce: readonly string[],
  addresses: readonly NetworkAddress[] = networkAddresses(),
  hostname: string = systemHostname(),
): LocalNames {
  const label = hostname.toLowerCase().replace(/\.$/, '');
  const dns = new Set(['localhost']);
  if (isHostname(label)) {
    dns.add(label);
    const [first] = label.split('.');
    if (first !== undefined && label !== 'localhost') dns.add(label.endsWith('.local') ? label : `${first}.local`);
  }
  const all = new Set(['127.0.0.1', '::1', ...addresses.map(({ address }) => address), ...announce]);
  return { dns: [...dns], addresses: [...all] };
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function isHostname(name: string): boolean {
  return name.length <= 253 && name.split('.').every((label) => LABEL.test(label));
}
