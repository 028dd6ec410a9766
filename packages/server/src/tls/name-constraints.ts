import ipaddr from 'ipaddr.js';
import type { LocalNames } from './local-names.js';

/** The only names that certificates of an authority can be for (RFC 5280 §4.2.1.10). */
export interface NameConstraints {
  /** Each stands for itself and all names below it. */
  readonly dns: readonly string[];
  /** Address ranges as `10.0.0.0/8`. */
  readonly ranges: readonly string[];
}

/** Loopback, private, link-local and shared ranges (RFC 1122, 1918, 3927, 6598, 4193, 4291). */
const PRIVATE_RANGES = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

/**
 * What an authority made on this machine may vouch for: private networks, and the public addresses the machine has at
 * this moment. An IPv6 address stands for its /64, in which the machine changes its address by itself (RFC 8981).
 */
export function constraintsFor(names: LocalNames): NameConstraints {
  const dns = names.dns.filter((name) => !mayBeTopLevel(name));
  const ranges = [...PRIVATE_RANGES];
  for (const address of names.addresses) {
    if (!permits({ dns, ranges }, address)) ranges.push(`${address}/${address.includes(':') ? 64 : 32}`);
  }
  return { dns: [...new Set(['localhost', 'local', ...dns])], ranges };
}

/** Whether a certificate for `name`, a DNS name or an address, keeps within the constraints. */
export function permits(constraints: NameConstraints, name: string): boolean {
  if (!ipaddr.isValid(name)) return constraints.dns.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
  const address = ipaddr.parse(name);
  return constraints.ranges.some((text) => {
    const [range, bits] = ipaddr.parseCIDR(text);
    return range.kind() === address.kind() && address.match(range, bits);
  });
}

const GENERIC_TOP_LEVEL = new Set(
  'com net org info biz dev app web cloud page site online home work host server live zone tech video media'.split(' '),
);

/** A machine called `dev` must not make its authority good for every public name that ends so. */
function mayBeTopLevel(name: string): boolean {
  if (name.includes('.')) return false;
  if (GENERIC_TOP_LEVEL.has(name)) return true;
  if (!/^[a-z]{2}$/.test(name)) return false;
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(name.toUpperCase()) !== undefined;
}

/** The extension's value in DER: only permitted subtrees, each a `dNSName` [2] or an `iPAddress` [7]. */
export function encodeConstraints(constraints: NameConstraints): Uint8Array<ArrayBuffer> {
  const dns = constraints.dns.map((name) => der(0x82, new TextEncoder().encode(name)));
  const ranges = constraints.ranges.map((range) => der(0x87, rangeBytes(range)));
  const subtrees = [...dns, ...ranges].map((base) => der(0x30, base));
  return der(0x30, der(0xa0, join(subtrees)));
}

/** Address and mask one after the other. */
function rangeBytes(text: string): Uint8Array {
  const [address, bits] = ipaddr.parseCIDR(text);
  const kind = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  const mask = kind.subnetMaskFromPrefixLength(bits).toByteArray();
  return Uint8Array.from([...address.toByteArray().map((byte, ix) => byte & mask[ix]!), ...mask]);
}

function der(tag: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from([tag, ...size, ...content]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
