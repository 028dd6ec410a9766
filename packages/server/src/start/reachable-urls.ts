import type { Config } from '../config/index.js';
import { type NetworkAddress, networkAddresses } from '../network/index.js';

export interface ReachableUrls {
  /** From this machine itself. */
  readonly local: readonly string[];
  /** From other machines, HTTPS first. */
  readonly network: readonly string[];
}

export interface OpenPorts {
  readonly httpPort: number | null;
  readonly httpsPort: number | null;
}

/** The addresses that the server can be opened under, link-local ones left out: browsers take none with a zone. */
export function reachableUrls(
  config: Pick<Config, 'bind' | 'announce' | 'basePath'>,
  ports: OpenPorts,
  found: readonly NetworkAddress[] = networkAddresses(),
): ReachableUrls {
  const bound = (address: string) => config.bind.length === 0 || config.bind.some((bind) => covers(bind, address));
  const own = found.filter(({ internal, address }) => !internal && !/^fe80:|^169\.254\./i.test(address));
  const outside = config.announce.length > 0 ? config.announce : own.map(({ address }) => address).filter(bound);
  const loopback = ['127.0.0.1', '::1'].some(bound) ? ['localhost'] : config.bind;
  const urls = (host: string) => schemesOf(ports).map(([scheme, port]) => urlOf(scheme, host, port, config.basePath));
  return { local: loopback.flatMap(urls), network: [...new Set(outside)].flatMap((host) => urls(host).reverse()) };
}

function covers(bind: string, address: string): boolean {
  if (bind === '::') return true;
  return bind === '0.0.0.0' ? !address.includes(':') : bind === address;
}

function schemesOf(ports: OpenPorts): [string, number][] {
  const schemes: [string, number | null][] = [
    ['http', ports.httpPort],
    ['https', ports.httpsPort],
  ];
  return schemes.filter((entry): entry is [string, number] => entry[1] !== null);
}

function urlOf(scheme: string, host: string, port: number, basePath: string): string {
  const usual = (scheme === 'http' && port === 80) || (scheme === 'https' && port === 443);
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}${usual ? '' : `:${port}`}${basePath}`;
}
