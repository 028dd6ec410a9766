import type { TransportAddress } from '@madang/engine';

/** A host of 4 or 16 bytes in network order, in text: `192.0.2.1`, `2001:db8:0:0:0:0:0:1`. */
export function hostText(host: Uint8Array): string {
  if (host.length === 4) return host.join('.');
  const groups = Array.from({ length: 8 }, (_, ix) => ((host[2 * ix]! << 8) | host[2 * ix + 1]!).toString(16));
  return groups.join(':');
}

/** A host and a port in text: `192.0.2.1:4000`, `[2001:db8:0:0:0:0:0:1]:4000`. */
export function endpointText({ host, port }: TransportAddress): string {
  return host.length === 4 ? `${hostText(host)}:${port}` : `[${hostText(host)}]:${port}`;
}
