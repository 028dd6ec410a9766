export interface IceUrl {
  readonly relays: boolean;
  readonly transport: 'udp' | 'tcp' | 'tls' | 'dtls';
  readonly host: string;
  readonly port: number;
}

/** As RFC 7064 and RFC 7065 have it; an address in brackets is IPv6. The settings let nothing else through. */
export function readIceUrl(url: string): IceUrl {
  const [, scheme = '', rest = '', query] = /^(stuns?|turns?):([^?]+)(?:\?transport=(udp|tcp))?$/i.exec(url) ?? [];
  const [, host = rest, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(rest) ?? [];
  const secure = /s$/i.test(scheme);
  const plain = query?.toLowerCase() === 'tcp' ? 'tcp' : 'udp';
  return {
    relays: /^turn/i.test(scheme),
    transport: secure ? (query?.toLowerCase() === 'udp' ? 'dtls' : 'tls') : plain,
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? (secure ? 5_349 : 3_478) : Number(port),
  };
}
