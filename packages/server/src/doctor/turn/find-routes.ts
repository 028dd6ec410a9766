import { isIP } from 'node:net';
import { readIceUrl } from '../readings/ice-url.js';
import { resolveHost } from '../readings/resolve-host.js';
import type { TurnRoute } from './turn-walk.js';

/**
 * The ways to a server that a URL stands for: one for each address of its host, and for UDP and TCP where the URL leaves
 * that open. None for TURN over DTLS, which Node does not speak.
 */
export async function findRoutes(url: string): Promise<TurnRoute[]> {
  const { transport, host, port } = readIceUrl(url);
  if (transport === 'dtls') return [];
  const begunMs = performance.now();
  const addresses = await resolveHost(host);
  const resolvedMs = isIP(host) ? null : performance.now() - begunMs;
  const isOpen = transport === 'udp' && !/\?transport=/i.test(url);
  const transports = isOpen ? (['udp', 'tcp'] as const) : [transport];
  if (addresses.length === 0) return [{ url, transport: transports[0]!, host, address: null, port, resolvedMs }];
  return transports.flatMap((each) =>
    addresses.map((address) => ({ url, transport: each, host, address, port, resolvedMs })),
  );
}
