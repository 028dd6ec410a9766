import type { IncomingHttpHeaders } from 'node:http';
import ipaddr from 'ipaddr.js';

/** Who asked, over what, and under which name of ours: as seen by the caller, not by the last proxy. */
export interface Caller {
  /** Without an IPv4 prefix, zone or port. Empty when the socket has no address (a socket file). */
  readonly address: string;
  readonly protocol: 'http' | 'https';
  /** The `Host` that the caller wrote, port included when it is not the protocol's own. */
  readonly host: string;
}

/** The part of an `IncomingMessage` that tells where it comes from. */
export interface CallerSource {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined; readonly encrypted?: boolean | undefined };
}

/** Whether what this address says about the caller is believed. */
export type ProxyTrust = (address: string) => boolean;

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const HOST = /^(?:[\p{L}\p{N}._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/iu;

/**
 * Reads the list of `--trust-proxy`: addresses, CIDR ranges, `loopback` or `all`. Throws on anything else, with the
 * entry in the message.
 */
export function proxyTrust(list: readonly string[]): ProxyTrust {
  if (list.includes('all')) return () => true;
  const ranges = list.flatMap((entry) => (entry === 'loopback' ? LOOPBACK : [entry])).map(readRange);
  return (address) => {
    if (ranges.length === 0 || !ipaddr.isValid(address)) return false;
    const ip = ipaddr.process(address);
    return ranges.some(([net, bits]) => ip.kind() === net.kind() && ip.match(net, bits));
  };
}

function readRange(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  try {
    if (entry.includes('/')) return ipaddr.parseCIDR(entry);
    const ip = ipaddr.process(entry);
    return [ip, ip.kind() === 'ipv4' ? 32 : 128];
  } catch {
    throw new Error(`"${entry}" is neither an address, a range such as 10.0.0.0/8, "loopback" nor "all"`);
  }
}

/**
 * The caller of a request. `X-Forwarded-For`, `-Proto` and `-Host` are read only as far as a chain of trusted proxies
 * reaches from our side: the caller is the right-most address that is not trusted, and of the other two lists the entry
 * that the outermost trusted proxy wrote. What lies further left is hearsay.
 */
export function callerOf(request: CallerSource, trusts: ProxyTrust): Caller {
  const { headers, socket } = request;
  const direct: Caller = {
    address: normaliseAddress(socket.remoteAddress ?? '') ?? '',
    protocol: socket.encrypted ? 'https' : 'http',
    host: headers.host ?? '',
  };
  if (!trusts(direct.address)) return direct;
  const { address, hops } = walk(direct.address, listOf(headers['x-forwarded-for']), trusts);
  const protocol = entryOf(listOf(headers['x-forwarded-proto']), hops)?.toLowerCase();
  const host = entryOf(listOf(headers['x-forwarded-host']), hops);
  return {
    address,
    protocol: protocol === 'https' || protocol === 'http' ? protocol : direct.protocol,
    host: host !== undefined && HOST.test(host) ? host : direct.host,
  };
}

/** From the nearest proxy outwards; `hops` counts the trusted proxies, the direct peer included. */
function walk(peer: string, forwarded: readonly string[], trusts: ProxyTrust): { address: string; hops: number } {
  let address = peer;
  for (let hops = 1; ; hops++) {
    const next = normaliseAddress(forwarded[forwarded.length - hops] ?? '');
    if (next === undefined) return { address, hops };
    address = next;
    if (!trusts(address)) return { address, hops };
  }
}

function listOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text === '' ? [] : text.split(',').map((entry) => entry.trim());
}

/** The entry that the outermost of `hops` proxies wrote, or the first when they did not all write one. */
function entryOf(list: readonly string[], hops: number): string | undefined {
  return list[Math.max(0, list.length - hops)];
}

/** Without port, brackets, zone and IPv4 prefix; undefined when it is no address. */
function normaliseAddress(text: string): string | undefined {
  const bare = text
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '');
  if (!/^[0-9a-f:.]+$/i.test(bare) || !(ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare))) {
    return undefined;
  }
  return ipaddr.process(bare).toString();
}

/**
 * Under which name connections of one caller are counted: an IPv4 address, or the /64 that a host with IPv6 has to
 * itself.
 */
export function addressGroup(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const words = ipaddr.IPv6.parse(address).parts.slice(0, 4);
  return `${words.map((word) => word.toString(16)).join(':')}::/64`;
}
